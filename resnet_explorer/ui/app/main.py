"""The script that the server runs for every page."""

from resnet_explorer.ui.app import frame

frame.run()
