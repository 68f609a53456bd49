"""The commands of the command line, one a file."""

from resnet_explorer.commands.app import APP
from resnet_explorer.commands.catalogue import CATALOGUE
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.commands.compare import COMPARE
from resnet_explorer.commands.cost import COST
from resnet_explorer.commands.describe import DESCRIBE
from resnet_explorer.commands.experiment import EXPERIMENT
from resnet_explorer.commands.export import EXPORT
from resnet_explorer.commands.find import FIND
from resnet_explorer.commands.gradients import GRADIENTS
from resnet_explorer.commands.identify import IDENTIFY
from resnet_explorer.commands.ledger import LEDGER
from resnet_explorer.commands.listing import LIST
from resnet_explorer.commands.prepare import PREPARE
from resnet_explorer.commands.rerun import RERUN
from resnet_explorer.commands.runs import RUNS
from resnet_explorer.commands.summary import SUMMARY
from resnet_explorer.commands.talk import TALK
from resnet_explorer.commands.train import TRAIN
from resnet_explorer.registry import Registry

COMMANDS = Registry(
    "command",
    (
        LIST,
        CATALOGUE,
        SUMMARY,
        LEDGER,
        FIND,
        COMPARE,
        COST,
        EXPORT,
        DESCRIBE,
        IDENTIFY,
        GRADIENTS,
        TRAIN,
        EXPERIMENT,
        RERUN,
        RUNS,
        PREPARE,
        TALK,
        APP,
    ),
)

__all__ = ["COMMANDS", "Answer", "Command"]
