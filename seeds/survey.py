"""Survey responses: a directory tool's tables, and the wide CSVs of two kinds of web form.

Belongs here: columns and values of these tools. Not here: what is written (survey_texts.py).
"""

from random import Random

from seeds import calendar, survey_texts
from seeds.chance import chance
from seeds.orders import Order
from seeds.output import CsvFile
from seeds.people import Person
from seeds.profile import profile
from seeds.records import Part, Stream
from seeds.spoil import spoil
from seeds.survey_texts import ANSWERED, CSAT, EXPORT_TAGS, NPS, QUESTIONS, REASON, WRITTEN

SURVEYS = {"ja": "SV_hinata_ja_2026", "en": "SV_hinata_en_2026"}
SURVEY = (
    "id _fivetran_synced survey_name survey_status option_survey_language last_modified".split()
)
QUESTION = "id survey_id _fivetran_synced data_export_tag question_text question_type".split()
RESPONSE = """id _fivetran_synced distribution_channel duration_in_seconds end_date finished
    progress recipient_email recipient_first_name recipient_last_name recorded_date start_date
    status survey_id user_language external_data_reference""".split()
ANSWER = "_fivetran_id _fivetran_synced question question_id response_id text value".split()
CONTACT = """_fivetran_synced id mailing_list_id first_name last_name email
    external_data_reference language unsubscribed""".split()
TYPEFORM = ("#", *QUESTIONS["en"], "Email", "Response Type", "Start Date (UTC)",
            "Submit Date (UTC)", "Network ID", "Tags")  # fmt: skip
GOOGLE = ("タイムスタンプ", "メールアドレス", *QUESTIONS["ja"])
_UNSEEN = {"placeholder_phone", "full_width_digits"}  # the directory has no telephone
_HUGE = 100_000


class Survey:
    """Writes one part's contacts and responses."""

    def __init__(self, part: Part) -> None:
        self._part, self._messy = part, part.options.messy
        self._surveys = Stream(part, "survey/survey", SURVEY)
        self._questions = Stream(part, "survey/question", QUESTION)
        self._responses = Stream(part, "survey/response", RESPONSE)
        self._answers = Stream(part, "survey/answer", ANSWER)
        self._contacts = Stream(part, "survey/contact", CONTACT)
        names = (calendar.FIRST_DELIVERY, calendar.SECOND_DELIVERY)
        table = part.landing.table
        # A form has no id of its own: the folder below the stream says which form it is.
        self._google = [table("survey/response", f"store_voice/{name}", GOOGLE) for name in names]
        self._typeform = [
            table("survey/response", f"voice_abroad/{name}", TYPEFORM) for name in names
        ]

    def company(self) -> None:
        """Write the surveys and what they ask."""
        stamp = calendar.sql(calendar.EVENTS_START)
        for language, survey in SURVEYS.items():
            name = f"Hinata Living voice {language.upper()}"
            row = (survey, stamp, name, "Active", language.upper(), stamp)
            self._surveys.write(row, late=False, key=survey)
            for number, text in enumerate(QUESTIONS[language]):
                kind = "MC" if number in {NPS, CSAT} else "TE"
                question = (f"QID{number + 1}", survey, stamp, EXPORT_TAGS[number], text, kind)
                self._questions.write(question, late=False, key=f"{survey}/QID{number + 1}")

    def person(self, person: Person, orders: list[Order]) -> None:
        """Write a person's response, if they gave one."""
        rng = chance("survey", self._part.options.seed, person.person_id)
        if rng.random() >= (0.36 if orders else 0.2):
            return
        start = max(person.joined, calendar.EVENTS_START)
        at = calendar.moment(rng, start, calendar.END - calendar.DAY, seasonal=False)
        language = "ja" if person.origin == "JP" else "en"
        kinds: list[str] = []
        answers = self._draw(rng, language, at, kinds)
        if rng.random() < 0.5:
            self._invited(rng, person, at, answers, kinds)
        elif language == "ja":
            self._google_row(rng, person, at, answers, kinds)
        else:
            self._typeform_row(rng, person, at, answers, kinds)

    def _draw(self, rng: Random, language: str, at: int, kinds: list[str]) -> dict[int, str]:
        nps = rng.choices(range(11), (2, 1, 1, 2, 2, 5, 6, 12, 18, 20, 16))[0]
        top = 5 if language == "ja" else 10
        scores = {NPS: str(nps), CSAT: str(max(1, round(nps * top / 10)))}
        given = {
            number: scores.get(number) or rng.choice(WRITTEN[language][number])
            for number, share in ANSWERED.items()
            if rng.random() < share
        }
        if REASON in given:
            given[REASON] = survey_texts.reason(language, nps, given[REASON], at)
        mess = rng.random()
        if not self._messy:
            return given
        if mess < 0.03 and nps < 10:
            given[NPS] = chr(ord("０") + nps)
            kinds.append("full_width_score")
        elif mess < 0.06:
            given[NPS] = f"{nps} - とても思う"
            kinds.append("worded_score")
        elif mess < 0.08:
            given[NPS] = "11"
            kinds.append("nps_out_of_range")
        elif mess < 0.10:
            given[REASON] = survey_texts.FORMULA
            kinds.append("formula_cell")
        elif mess < 0.105:
            given[REASON] = ("長い話です。" if language == "ja" else "A long story. ") * _HUGE
            given[REASON] = given[REASON][: _HUGE - 1] + "。"
            kinds.append("huge_answer")
        return given

    def _reference(self, person: Person, at: int) -> tuple[str, str]:
        """User id and address by which the company's own mail reached the person."""
        return person.user_id if person.presence.account else "", person.email_at(at)

    def _invited(
        self, rng: Random, person: Person, at: int, answers: dict[int, str], kinds: list[str]
    ) -> None:
        """Write the directory's contact, the response and its answers."""
        truth, people = self._part.truth, [person.person_id]
        user_id, email = self._reference(person, at)
        late, language = at >= calendar.CUT, "ja" if person.origin == "JP" else "en"
        known = profile(rng, person, at)
        damage = spoil(rng, known, person, birth=False, kana=False) if self._messy else []
        contact, stamp = f"CID_{person.index:07d}", calendar.sql(at + 900)
        self._contacts.write(
            (stamp, contact, "ML_customers", known.given, known.family, known.email, user_id,
             language.upper(), "true" if rng.random() < 0.05 else "false"),
            late=late, key=contact, people=people,
            kinds=[kind for kind in damage if kind not in _UNSEEN],
        )  # fmt: skip
        truth.record("survey/contact", contact, person.person_id)
        key, seconds = f"R_{person.index:07d}", 40 + int(rng.random() * 600)
        partial = rng.random() < 0.1 and self._messy
        backwards = self._messy and rng.random() < 0.015
        anonymous = rng.random() < 0.15
        start = at + 3600 if backwards else at - seconds
        row = (
            key, stamp, "anonymous" if anonymous else "email", "" if backwards else seconds,
            calendar.sql(at), 0 if partial else 1, 100 if not partial else int(rng.random() * 99),
            "" if anonymous else email, "" if anonymous else known.given,
            "" if anonymous else known.family, calendar.sql(at + 1), calendar.sql(start), 0,
            SURVEYS[language], language.upper(), "" if anonymous else user_id,
        )  # fmt: skip
        kinds += ["partial_response"] * partial + ["ended_before_start"] * backwards
        self._responses.write(row, late=late, key=key, people=people, kinds=kinds)
        if self._messy and rng.random() < 0.03:
            self._responses.write(
                row, late=late, key=key, people=people, kinds=["duplicate_response"]
            )
        sure = not anonymous and bool(user_id)
        truth.event(
            key, "" if anonymous else person.person_id, "known" if sure else "anonymous",
            system="survey",
        )  # fmt: skip
        for number, text in answers.items():
            scored = number in {NPS, CSAT}
            self._answers.write(
                (f"{key}-{number + 1}", stamp, EXPORT_TAGS[number], f"QID{number + 1}", key,
                 text, text if scored else ""),
                late=late, key=key,
            )  # fmt: skip

    def _google_row(
        self, rng: Random, person: Person, at: int, answers: dict[int, str], kinds: list[str]
    ) -> None:
        """Write a line of the store's form; half the people leave their address."""
        # A relative's mailbox would say that the relative answered.
        told = rng.random() < 0.5 and "family_email" not in person.defects
        row = [_google_time(at), person.email_at(at) if told else ""]
        row += [answers.get(number, "") for number in range(len(QUESTIONS["ja"]))]
        file = self._google[at >= calendar.CUT]
        numbers = self._form_row(rng, file, row, person, kinds)
        # The form numbers nothing: the truth names the row, once more for one sent twice.
        for number in numbers:
            self._part.truth.event(
                f"{file.name}:{number}", person.person_id if told else "", "anonymous",
                system="survey",
            )  # fmt: skip

    def _typeform_row(
        self, rng: Random, person: Person, at: int, answers: dict[int, str], kinds: list[str]
    ) -> None:
        """Write a line of the form for customers abroad."""
        told = rng.random() < 0.6 and "family_email" not in person.defects
        partial = rng.random() < 0.08 and self._messy
        token = f"{rng.getrandbits(100):025x}"
        row = [token, *(answers.get(number, "") for number in range(len(QUESTIONS["en"])))]
        row += [
            person.email_at(at) if told else "", "partial" if partial else "completed",
            calendar.sql(at - 90)[:19], calendar.sql(at)[:19], f"{rng.getrandbits(40):010x}", "",
        ]  # fmt: skip
        kinds += ["partial_response"] * partial
        self._form_row(rng, self._typeform[at >= calendar.CUT], row, person, kinds)
        truth_of = person.person_id if told else ""
        self._part.truth.event(token, truth_of, "anonymous", system="survey")

    def _form_row(
        self, rng: Random, file: CsvFile, row: list[str], person: Person, kinds: list[str]
    ) -> list[int]:
        """Write a row, now and then twice; return the numbers it has."""
        numbers = []
        twice = ["duplicate_response"] if self._messy and rng.random() < 0.03 else []
        for labels in (kinds, twice):
            if labels is kinds or labels:
                numbers.append(file.write(row))
                for kind in labels:
                    self._part.truth.defect(kind, file, numbers[-1], row[0], [person.person_id])
        return numbers


def _google_time(second: int) -> str:
    """`2026/10/01 3:41:49 午後 GMT+9`, as the form's download writes it."""
    local = calendar.shop(second)
    hour = int(local[11:13])
    half = "午前" if hour < 12 else "午後"
    return f"{local[:10].replace('-', '/')} {hour % 12 or 12}:{local[14:19]} {half} GMT+9"
