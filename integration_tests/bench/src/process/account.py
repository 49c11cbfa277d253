"""Runs a Python program so that it leaves an account: `account.py SCRIPT [ARGUMENT ...]`.

As the program ends, what its whole process has used is written to descriptor 3, as
`account.ts` does for a program of Node.
"""

import atexit
import json
import os
import re
import runpy
import sys

ACCOUNT_DESCRIPTOR = 3


def write_account() -> None:
    used = os.times()
    cpu_seconds = used.user + used.system
    with open("/proc/self/status", encoding="latin1") as status:
        peak_kib = int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1))
    account = {
        "cpuSeconds": cpu_seconds,
        "mainThreadSeconds": cpu_seconds,
        "peakBytes": peak_kib * 1024,
    }
    os.write(ACCOUNT_DESCRIPTOR, json.dumps(account).encode())


atexit.register(write_account)
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
