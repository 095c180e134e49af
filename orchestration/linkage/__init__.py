"""Training of the linkage model, apart from the runs that use it.

Belongs here: the training job. Does not belong here: the model, see dbt_project/matching.
"""

from orchestration.linkage.job import build_training_job
from orchestration.linkage.training import PARAMETERS, NothingToTrainError, Training, train

__all__ = ["PARAMETERS", "NothingToTrainError", "Training", "build_training_job", "train"]
