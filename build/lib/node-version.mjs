const least = [20, 19]

/** Said before anything else is loaded: the tools' own complaints about an old Node are hard to read. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > least[0] || (major === least[0] && minor >= least[1])) return
  throw new Error(`PBX Fleet is built with Node ${least.join('.')} or newer; this is ${process.versions.node}.`)
}
