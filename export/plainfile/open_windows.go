package plainfile

// withoutWaiting has no name here, where pipes are no files.
const withoutWaiting = 0
