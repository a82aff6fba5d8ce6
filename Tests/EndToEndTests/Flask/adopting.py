"""A pytest plugin for flask-audit-logger's own tests: they run on functions and triggers of audit-tui.

After each migration of the tests the command in ADOPT is run, which takes the installation over; the command's failure
is the test's. Needs the folder of the package's source as the working directory.
"""

import os
import subprocess

import tests.utils as utils

run = utils.run_alembic_command


class SocketConfig(utils.Config):
    """Takes an address with the path of a socket in it, whose percent signs Alembic would interpolate."""

    def set_main_option(self, name, value):
        super().set_main_option(name, value.replace("%", "%%"))



def run_and_adopt(engine, command, command_kwargs, alembic_config):
    output = run(engine, command, command_kwargs, alembic_config)
    if command == "upgrade":
        adopted = subprocess.run(os.environ["ADOPT"], shell=True, capture_output=True, text=True)
        assert adopted.returncode == 0, adopted.stderr
        assert "mark the installation as" in adopted.stderr + adopted.stdout
    return output


utils.Config = SocketConfig
utils.run_alembic_command = run_and_adopt
