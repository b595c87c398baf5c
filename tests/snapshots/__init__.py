"""Pictures of the program. What it remembers for this computer (theme, text size) is not the person's own."""

import os
import tempfile

os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="mesomap-settings-")
