"""`python -m resnet_explorer`."""

import sys

from resnet_explorer.cli import main

sys.exit(main())
