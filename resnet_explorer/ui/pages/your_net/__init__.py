"""The parts of the page Your net, a file for each way in, and what is shown of a net that came."""
