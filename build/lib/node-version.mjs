const least = [20, 19]

/** Called before anything else is loaded, because the tools' own errors for an old Node are hard to understand. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > least[0] || (major === least[0] && minor >= least[1])) return
  throw new Error(`PBX Fleet is built with Node ${least.join('.')} or newer; this is ${process.versions.node}.`)
}
