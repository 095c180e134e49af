{#-
    country_code(c): ISO 3166-1 alpha-2 code, or null when the country is not known.

    Understood: the code itself, the alpha-3 code, the English and the Japanese name, and other
    names in everyday use; full stops, commas and apostrophes do not matter.

    Why a list here and not a seed: staging models do not join, and every source needs this.
-#}
{% macro country_code(c) -%}
    {%- set names = [] -%}
    {%- set codes = [] -%}
    {%- for entry in country_names().split(';') -%}
        {%- for name in entry.split('=')[1:] -%}
            {%- do names.append(name) -%}
            {%- do codes.append(entry[:2]) -%}
        {%- endfor -%}
    {%- endfor -%}
    coalesce(
        nullif(regexp_extract(upper(trim({{ c }})), '^(?:{{ codes | unique | join("|") }})$'), ''),
        case
            when trim({{ c }}) = '日本' then 'JP'
            when {{ c }} is not null
                then string_split('{{ codes | join(";") }}', ';')[list_position(
                    string_split('{{ names | join(";") }}', ';'),
                    regexp_replace(lower({{ text(c) }}), '[.,''’()]', '', 'g')
                )]
        end
    )
{%- endmacro %}

{#- code=name=name;code=name… names in lower case, without full stops, commas and apostrophes -#}
{% macro country_names() -%}
    {{- "AD=and=andorra=アンドラ;AE=are=united arab emirates=アラブ首長国連邦=uae;AF=afg=afghanistan=アフガニスタン;" -}}
    {{- "AG=atg=antigua and barbuda=アンチグアバーブーダ;AI=aia=anguilla=アンギラ;AL=alb=albania=アルバニア;" -}}
    {{- "AM=arm=armenia=アルメニア;AN=netherlands antilles=オランダ領アンティル諸島;AO=ago=angola=アンゴラ;AQ=antarctica=南極;" -}}
    {{- "AR=arg=argentina=アルゼンチン;AS=asm=american samoa=アメリカンサモア;AT=aut=austria=オーストリア=österreich;" -}}
    {{- "AU=aus=australia=オーストラリア;AW=abw=aruba=アルバ島;AX=åland islands=オーランド諸島;AZ=aze=azerbaijan=アゼルバイジャン;" -}}
    {{- "BA=bih=bosnia and herzegovina=ボスニア・ヘルツェゴビナ;BB=brb=barbados=バルバドス;BD=bgd=bangladesh=バングラデシュ;" -}}
    {{- "BE=bel=belgium=ベルギー;BF=bfa=burkina faso=ブルキナファソ;BG=bgr=bulgaria=ブルガリア;BH=bhr=bahrain=バーレーン;" -}}
    {{- "BI=bdi=burundi=ブルンジ;BJ=ben=benin=ベニン;BL=saint barthélemy=サンバルテルミー;BM=bmu=bermuda=バーミューダ諸島;" -}}
    {{- "BN=brn=brunei=ブルネイ;BO=bol=bolivia=ボリビア=plurinational state of bolivia;" -}}
    {{- "BQ=bonaire sint eustatius and saba=ボネール、シントユースタティウスおよびサバ;BR=bra=brazil=ブラジル=brasil;" -}}
    {{- "BS=bhs=bahamas=バハマ;BT=btn=bhutan=ブータン;BV=bouvet island=ブーベ島;BW=bwa=botswana=ボツワナ;" -}}
    {{- "BY=blr=belarus=ベラルーシ;BZ=blz=belize=ベリーズ;CA=can=canada=カナダ;CC=cocos islands=ココス諸島;" -}}
    {{- "CD=cod=the democratic republic of congo=コンゴ民主共和国;CF=caf=central african republic=中央アフリカ共和国;" -}}
    {{- "CG=cog=congo=コンゴ;CH=che=switzerland=スイス=schweiz=suisse;CI=civ=côte divoire=コートジボアール=ivory coast;" -}}
    {{- "CK=cok=cook islands=クック諸島;CL=chl=chile=チリ;CM=cmr=cameroon=カメルーン;" -}}
    {{- "CN=chn=china=中華人民共和国=中国=prc=peoples republic of china;CO=col=colombia=コロンビア;" -}}
    {{- "CR=cri=costa rica=コスタリカ;CU=cub=cuba=キューバ;CV=cpv=cape verde=カーボベルデ=cabo verde;" -}}
    {{- "CW=cuw=curaçao=キュラソー;CX=christmas island=クリスマス島;CY=cyp=cyprus=キプロス;" -}}
    {{- "CZ=cze=czech republic=チェコ=czechia;DE=deu=germany=ドイツ=deutschland;DJ=dji=djibouti=ジブチ;" -}}
    {{- "DK=dnk=denmark=デンマーク;DM=dma=dominica=ドミニカ国;DO=dom=dominican republic=ドミニカ共和国;" -}}
    {{- "DZ=dza=algeria=アルジェリア;EC=ecu=ecuador=エクアドル;EE=est=estonia=エストニア;EG=egy=egypt=エジプト;" -}}
    {{- "EH=western sahara=西サハラ;ER=eri=eritrea=エリトリア;ES=esp=spain=スペイン=españa;ET=eth=ethiopia=エチオピア;" -}}
    {{- "FI=fin=finland=フィンランド;FJ=fji=fiji=フィジー;FK=falkland islands=フォークランド諸島;FM=fsm=micronesia=ミクロネシア;" -}}
    {{- "FO=faroe islands=フェロー諸島;FR=fra=france=フランス;GA=gab=gabon=ガボン;" -}}
    {{- "GB=gbr=united kingdom=イギリス=uk=great britain=england=scotland=wales=英国;GD=grd=grenada=グレナダ;" -}}
    {{- "GE=geo=georgia=グルジア;GF=guf=french guiana=仏領ギアナ;GG=ggy=guernsey=ガーンジー;GH=gha=ghana=ガーナ;" -}}
    {{- "GI=gib=gibraltar=ジブラルタル;GL=grl=greenland=グリーンランド;GM=gmb=gambia=ガンビア;GN=gin=guinea=ギニア;" -}}
    {{- "GP=glp=guadeloupe=グアドループ;GQ=gnq=equatorial guinea=赤道ギニア;GR=grc=greece=ギリシア;" -}}
    {{- "GS=south georgia and the south sandwich islands=サウスジョージア島・サウスサンドウィッチ島;GT=gtm=guatemala=グアテマラ;" -}}
    {{- "GU=gum=guam=グアム;GW=gnb=guinea-bissau=ギニアビサウ;GY=guy=guyana=ガイアナ;" -}}
    {{- "HK=hkg=hong kong=香港=hong kong sar=hong kong sar china;" -}}
    {{- "HM=heard island and mcdonald islands=ハード・マクドナルド諸島;HN=hnd=honduras=ホンジュラス;HR=hrv=croatia=クロアチア;" -}}
    {{- "HT=hti=haiti=ハイチ;HU=hun=hungary=ハンガリー;ID=idn=indonesia=インドネシア;IE=irl=ireland=アイルランド;" -}}
    {{- "IL=isr=israel=イスラエル;IM=imn=isle of man=マン島;IN=ind=india=インド;" -}}
    {{- "IO=british indian ocean territory=英領インド洋地域;IQ=irq=iraq=イラク;" -}}
    {{- "IR=irn=iran=イラン=islamic republic of iran;IS=isl=iceland=アイスランド;IT=ita=italy=イタリア=italia;" -}}
    {{- "JE=jey=jersey=ジャージー;JM=jam=jamaica=ジャマイカ;JO=jor=jordan=ヨルダン;JP=jpn=japan=日本=nippon=日本国;" -}}
    {{- "KE=ken=kenya=ケニア;KG=kgz=kyrgyzstan=キルギスタン;KH=khm=cambodia=カンボジア;KI=kir=kiribati=キリバス;" -}}
    {{- "KM=com=comoros=コモロ;KN=kna=saint kitts and nevis=セントクリストファー・ネイビス;" -}}
    {{- "KP=prk=north korea=朝鮮民主主義人民共和国=北朝鮮;" -}}
    {{- "KR=kor=south korea=大韓民国=korea=republic of korea=korea republic of=韓国;KW=kwt=kuwait=クウェート;" -}}
    {{- "KY=cym=cayman islands=ケイマン諸島;KZ=kaz=kazakhstan=カザフスタン;" -}}
    {{- "LA=lao=laos=ラオス=lao peoples democratic republic;LB=lbn=lebanon=レバノン;LC=lca=saint lucia=セントルシア;" -}}
    {{- "LI=lie=liechtenstein=リヒテンシュタイン;LK=lka=sri lanka=スリランカ;LR=lbr=liberia=リベリア;LS=lso=lesotho=レソト;" -}}
    {{- "LT=ltu=lithuania=リトアニア;LU=lux=luxembourg=ルクセンブルク;LV=lva=latvia=ラトビア;LY=lby=libya=リビア;" -}}
    {{- "MA=mar=morocco=モロッコ;MC=mco=monaco=モナコ;MD=mda=moldova=モルドバ=republic of moldova;" -}}
    {{- "ME=mne=montenegro=モンテネグロ;MF=saint martin=サンマルタン;MG=mdg=madagascar=マダガスカル;" -}}
    {{- "MH=mhl=marshall islands=マーシャル諸島;MK=mkd=macedonia=マケドニア=north macedonia;ML=mli=mali=マリ;" -}}
    {{- "MM=mmr=myanmar=ミャンマー=burma;MN=mng=mongolia=モンゴル;MO=mac=macao=マカオ=macau;" -}}
    {{- "MP=mnp=northern mariana islands=北マリアナ諸島;MQ=mtq=martinique=マルティニーク島;MR=mrt=mauritania=モーリタニア;" -}}
    {{- "MS=msr=montserrat=モントセラト島;MT=mlt=malta=マルタ;MU=mus=mauritius=モーリシャス;MV=mdv=maldives=モルディブ;" -}}
    {{- "MW=mwi=malawi=マラウイ;MX=mex=mexico=メキシコ=méxico;MY=mys=malaysia=マレーシア;MZ=moz=mozambique=モザンビーク;" -}}
    {{- "NA=nam=namibia=ナミビア;NC=ncl=new caledonia=ニューカレドニア;NE=ner=niger=ニジェール;NF=norfolk island=ノーフォーク島;" -}}
    {{- "NG=nga=nigeria=ナイジェリア;NI=nic=nicaragua=ニカラグア;NL=nld=netherlands=オランダ=the netherlands=holland;" -}}
    {{- "NO=nor=norway=ノルウェー;NP=npl=nepal=ネパール;NR=nru=nauru=ナウル;NU=niu=niue=ニウエ島;" -}}
    {{- "NZ=nzl=new zealand=ニュージーランド=aotearoa;OM=omn=oman=オマーン;PA=pan=panama=パナマ;PE=per=peru=ペルー;" -}}
    {{- "PF=pyf=french polynesia=仏領ポリネシア;PG=png=papua new guinea=パプアニューギニア;" -}}
    {{- "PH=phl=philippines=フィリピン=the philippines;PK=pak=pakistan=パキスタン;PL=pol=poland=ポーランド;" -}}
    {{- "PM=saint pierre and miquelon=サンピエール島・ミクロン島;PN=pitcairn=ピトケアン島;PR=pri=puerto rico=プエルトリコ;" -}}
    {{- "PS=pse=palestine=パレスチナ;PT=prt=portugal=ポルトガル;PW=plw=palau=パラオ;PY=pry=paraguay=パラグアイ;" -}}
    {{- "QA=qat=qatar=カタール;RE=reu=reunion=レユニオン;RO=rou=romania=ルーマニア;RS=srb=serbia=セルビア;" -}}
    {{- "RU=rus=russia=ロシア=russian federation;RW=rwa=rwanda=ルワンダ;SA=sau=saudi arabia=サウジアラビア;" -}}
    {{- "SB=slb=solomon islands=ソロモン諸島;SC=syc=seychelles=セイシェル;SD=sdn=sudan=スーダン;SE=swe=sweden=スウェーデン;" -}}
    {{- "SG=sgp=singapore=シンガポール;SH=saint helena=セントヘレナ島;SI=svn=slovenia=スロベニア;" -}}
    {{- "SJ=svalbard and jan mayen=スバールバル諸島・ヤンマイエン島;SK=svk=slovakia=スロバキア;SL=sle=sierra leone=シエラレオネ;" -}}
    {{- "SM=smr=san marino=サンマリノ;SN=sen=senegal=セネガル;SO=som=somalia=ソマリア;SR=sur=suriname=スリナム;" -}}
    {{- "SS=ssd=south sudan=南スーダン;ST=stp=sao tome and principe=サントメ・プリンシペ;SV=slv=el salvador=エルサルバドル;" -}}
    {{- "SX=sxm=sint maarten dutch part=シントマールテンオランダ領;SY=syr=syria=シリア=syrian arab republic;" -}}
    {{- "SZ=swz=swaziland=スワジランド=eswatini;TC=tca=turks and caicos islands=タークス諸島・カイコス諸島;TD=tcd=chad=チャド;" -}}
    {{- "TF=french southern territories=フランス領極南諸島;TG=tgo=togo=トーゴ;TH=tha=thailand=タイ;" -}}
    {{- "TJ=tjk=tajikistan=タジキスタン;TK=tokelau=トケラウ諸島;TL=tls=timor-leste=東ティモール;" -}}
    {{- "TM=tkm=turkmenistan=トルクメニスタン;TN=tun=tunisia=チュニジア;TO=ton=tonga=トンガ;" -}}
    {{- "TR=tur=turkey=トルコ=türkiye=turkiye;TT=tto=trinidad and tobago=トリニダード・トバゴ;TV=tuv=tuvalu=ツバル;" -}}
    {{- "TW=twn=taiwan=台湾=taiwan province of china=臺灣=taiwan roc;" -}}
    {{- "TZ=tza=tanzania=タンザニア=united republic of tanzania;UA=ukr=ukraine=ウクライナ;UG=uga=uganda=ウガンダ;" -}}
    {{- "UM=united states minor outlying islands=米領太平洋諸島;" -}}
    {{- "US=usa=united states=アメリカ合衆国=united states of america=america=アメリカ=米国;UY=ury=uruguay=ウルグアイ;" -}}
    {{- "UZ=uzb=uzbekistan=ウズベキスタン;VA=vat=vatican=バチカン;" -}}
    {{- "VC=vct=saint vincent and the grenadines=セントビンセントおよびグレナディーン諸島;" -}}
    {{- "VE=ven=venezuela=ベネズエラ=bolivarian republic of venezuela;VG=vgb=british virgin islands=英領バージン諸島;" -}}
    {{- "VI=vir=us virgin islands=米領バージン諸島;VN=vnm=vietnam=ベトナム=viet nam;VU=vut=vanuatu=バヌアツ;" -}}
    {{- "WF=wallis and futuna=ワリス・フテュナ諸島;WS=wsm=samoa=西サモア;YE=yem=yemen=イエメン;YT=myt=mayotte=マヨット島;" -}}
    {{- "ZA=zaf=south africa=南アフリカ;ZM=zmb=zambia=ザンビア;ZW=zwe=zimbabwe=ジンバブエ" -}}
{%- endmacro %}
