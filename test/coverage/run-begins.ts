import { beginRun } from './run'

/** Flags that choose no tests, by how many arguments they take. */
const harmless: Readonly<Record<string, number>> = { '-c': 1, '--config': 1, '-j': 1, '--workers': 1, '--trace': 1 }

/** What on a command line of Playwright chooses some of the tests. */
export function chosenBy(args: readonly string[]): readonly string[] {
  const [first = '', ...rest] = args
  if (args.length === 0) return []
  const taken = harmless[first.split('=')[0] ?? '']
  if (taken === undefined) return [first, ...chosenBy(rest)]
  return chosenBy(first.includes('=') ? rest : rest.slice(taken))
}

/** Notes for the table of covered operations what this run is, before its first test. */
export default function runBegins(): Promise<void> {
  return beginRun(chosenBy(process.argv.slice(process.argv.indexOf('test') + 1)))
}
