"""The script that the server runs for every page."""

from resnet_explorer.ui import frame

frame.run()
