"""A file system that shows a folder, whose n-th operation of a kind fails as a broken disk does.

disk.py FOLDER MOUNT PLAN: the file PLAN says "KIND N" of what fails, and is removed when it has. Where it says "count 0", PLAN.counts is
how many operations there are of each kind, as JSON.
"""

import errno
import json
import os
import sys
from collections import Counter

from fusepy import FUSE, FuseOSError, Operations


class Disk(Operations):
    def __init__(self, root, plan):
        self.root, self.plan, self.said, self.counts = root, plan, "", Counter()

    def __call__(self, operation, path, *args):
        self.fail(operation)
        try:
            return getattr(self, operation)(self.root + path, *args)
        except OSError as e:
            raise FuseOSError(e.errno) from e

    def fail(self, operation):
        try:
            with open(self.plan) as plan:
                said = plan.read()
        except FileNotFoundError:
            return
        if said != self.said:
            self.said, self.counts = said, Counter()
        self.counts[operation] += 1
        kind, nth = said.split()
        if kind == "count":
            with open(self.plan + ".new", "w") as counts:
                json.dump(self.counts, counts)
            os.replace(self.plan + ".new", self.plan + ".counts")
        elif operation == kind and self.counts[kind] == int(nth):
            os.remove(self.plan)
            self.said = ""
            raise FuseOSError(errno.EIO)

    def access(self, path, mode):
        if not os.access(path, mode):
            raise FuseOSError(errno.EACCES)

    def getattr(self, path, handle=None):
        info = os.lstat(path)
        names = ["atime", "ctime", "mtime", "gid", "uid", "mode", "nlink", "size", "ino"]
        return {"st_" + name: getattr(info, "st_" + name) for name in names}

    def statfs(self, path):
        info = os.statvfs(path)
        return {name: getattr(info, name) for name in dir(info) if name.startswith("f_") and name != "f_fsid"}

    def readdir(self, path, handle):
        return [".", ".."] + os.listdir(path)

    def rename(self, path, new):
        os.rename(path, self.root + new)

    def symlink(self, path, target):
        os.symlink(target, path)

    def open(self, path, flags):
        return os.open(path, flags)

    def create(self, path, mode, info=None):
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def read(self, path, size, offset, handle):
        return os.pread(handle, size, offset)

    def write(self, path, data, offset, handle):
        return os.pwrite(handle, data, offset)

    def truncate(self, path, length, handle=None):
        os.truncate(path, length)

    def flush(self, path, handle):
        return 0

    def fsync(self, path, datasync, handle):
        os.fsync(handle)

    def fsyncdir(self, path, datasync, handle):
        return 0

    def release(self, path, handle):
        os.close(handle)

    def utimens(self, path, times=None):
        os.utime(path, times)

    def opendir(self, path):
        return 0

    def releasedir(self, path, handle):
        return 0

    def mkdir(self, path, mode):
        os.mkdir(path, mode)

    def rmdir(self, path):
        os.rmdir(path)

    def unlink(self, path):
        os.unlink(path)

    def chmod(self, path, mode):
        os.chmod(path, mode)

    def chown(self, path, uid, gid):
        os.chown(path, uid, gid)

    def readlink(self, path):
        return os.readlink(path)

    def init(self, path):
        pass

    def destroy(self, path):
        pass


root, mount, plan = sys.argv[1:]
FUSE(Disk(root, plan), mount, foreground=True, nothreads=True, attr_timeout=0, entry_timeout=0)
