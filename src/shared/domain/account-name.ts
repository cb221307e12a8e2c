const reserved: ReadonlySet<string> = new Set(['admin', 'system', 'administrator', 'root'])
const longest = 64

/** The error of a username for an administrator or dealer; undefined if the API accepts it. */
export function accountNameProblem(name: string): string | undefined {
  if (name === '') return 'Enter a name'
  if (name.length > longest) return `Maximum ${longest} characters (${name.length} entered)`
  if (!/^[\p{L}\d_.'-]+$/u.test(name)) return "Only letters, digits and _ - ' ."
  if (name.startsWith('.') || name.endsWith('.')) return 'Must not start or end with a period'
  return reserved.has(name.toLowerCase()) ? `${name} is reserved` : undefined
}

export const accountNameText = "1 to 64 letters, digits and _ - ' . (no period at either end)."
