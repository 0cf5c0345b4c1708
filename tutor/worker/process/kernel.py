"""What is asked of the kernel beyond the `os` module: prctl and Landlock, through ctypes.

Sources: prctl(2); landlock(7) and the kernel's include/uapi/linux/landlock.h. Where the system
has none of it (macOS, an old kernel), the functions say so by their result and change nothing.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from contextlib import suppress

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38

SYS_CREATE_RULESET, SYS_ADD_RULE, SYS_RESTRICT_SELF = 444, 445, 446
"""Landlock's system calls have one number on every architecture."""
QUERY_VERSION = 1
RULE_PATH_BENEATH = 1

WRITE_FILE = 1 << 1
CHANGE_FOLDERS = sum(1 << bit for bit in range(4, 13))
"""REMOVE_DIR to MAKE_SYM: every right to create or delete an entry."""
REFER, TRUNCATE = 1 << 13, 1 << 14
IOCTL_DEVICE = 1 << 15
"""Requests to a device, such as setting a terminal's modes, which needs no right to write."""
CONNECT_TCP = 1 << 1
SCOPE_ABSTRACT_SOCKETS, SCOPE_SIGNALS = 1 << 0, 1 << 1

NET_ABI, IOCTL_ABI, SCOPE_ABI = 4, 5, 6

_libc = ctypes.CDLL(None, use_errno=True)
_linux = sys.platform.startswith("linux")


def become_subreaper() -> bool:
    """Make orphaned descendants children of this process; False where there is no such thing."""
    return _linux and _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0


def die_with_parent(signal: int) -> bool:
    """Ask for `signal` when the parent goes; False where there is no such thing."""
    return _linux and _libc.prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0) == 0


def die_first() -> None:
    """Where memory runs out, let the kernel end this process and its children before any other."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:  # macOS has no /proc
        file.write("1000")


def landlock_abi() -> int:
    """The version of Landlock that this kernel has; 0 for none."""
    if not _linux:
        return 0
    return max(0, int(_libc.syscall(SYS_CREATE_RULESET, None, 0, QUERY_VERSION)))


def confine(folder: str) -> int:
    """Allow this process changes to files below `folder` (and /dev/null, /dev/shm) only.

    From ABI 4 on no TCP connection can be opened, from 5 on no device can be set, from 6 on no
    process outside can be signalled. Returns the ABI that was used; 0 if nothing is confined.
    Whatever it is, no program gains rights from its file: a run could not end a set-user-id one.
    """
    if _linux:
        _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    abi = landlock_abi()
    if not abi:
        return 0
    rights = WRITE_FILE | CHANGE_FOLDERS
    rights |= (REFER if abi >= 2 else 0) | (TRUNCATE if abi >= 3 else 0)
    rights |= IOCTL_DEVICE if abi >= IOCTL_ABI else 0
    fields = [rights]
    if abi >= NET_ABI:
        fields.append(CONNECT_TCP)
    if abi >= SCOPE_ABI:
        fields.append(SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS)
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    ruleset = _libc.syscall(SYS_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return 0
    try:
        _allow(ruleset, folder, rights)
        _allow(ruleset, "/dev/shm", rights)
        _allow(ruleset, "/dev/null", rights & (WRITE_FILE | TRUNCATE))
        return abi if _libc.syscall(SYS_RESTRICT_SELF, ruleset, 0) == 0 else 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    """Except what is below `path`, if it is there, from the ruleset."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rule = struct.pack("=Qi", rights, descriptor)
        _libc.syscall(SYS_ADD_RULE, ruleset, RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)
