import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { administration, type AdministrationOperation } from './administration'
import { formatted } from '../formatted'
import { readPerformed } from './performed'
import { lastRun, sourcesStamp, whyNot } from './run'
import { rolesOf, whereOf } from './where'

const file = resolve('docs/api-coverage.md')
const head = `# What of the Administration API the app performs

Made by \`npm run coverage:api\` from the app's contract and from what the end-to-end tests did through the window; do not edit.

| Operation | Page | Channel | Roles | End-to-end test |
| --- | --- | --- | --- | --- |
`

const unfit = whyNot(await lastRun(), await sourcesStamp())
if (unfit !== undefined) {
  console.error(`${unfit}. docs/api-coverage.md is unchanged. Run npm test -- --only=build,e2e first.`)
  process.exit(1)
}

/** `--check` compares with the file that is there instead of writing it. */
const check = process.argv.includes('--check')
const performed = await readPerformed()
const before = await readFile(file, 'utf8').catch(() => '')

/** The test that the table names already, as long as it performs the operation; several do, and which comes first by name may change. */
function testOf(operation: AdministrationOperation): string | undefined {
  const tests = performed.get(operation) ?? []
  const line = before.split('\n').find((each) => each.startsWith(`| \`${operation}\` `)) ?? ''
  return tests.find((test) => line.includes(` ${test.replaceAll('|', '\\|')} `)) ?? tests[0]
}

const lineOf = (operation: AdministrationOperation) => {
  const where = whereOf(operation)
  const roles = rolesOf(operation)
  const test = testOf(operation)
  return { operation, where, roles, test, whole: where !== undefined && roles.length > 0 && test !== undefined }
}
const lines = administration.map(lineOf)
const rows = lines.map(
  ({ operation, where, roles, test = 'none' }) =>
    `| \`${operation}\` | ${where?.page ?? 'none'} | ${where === undefined ? 'none' : `\`${where.channel}\``} | ${roles.join(', ')} | ${test.replaceAll('|', '\\|')} |`,
)
const text = await formatted(file, `${head}${rows.join('\n')}\n`)
const whole = lines.filter((line) => line.whole).length

for (const { operation, where, test } of lines.filter((line) => !line.whole))
  console.error(
    `${operation}: ${where === undefined ? 'on no page' : test === undefined ? 'no end-to-end test performed it' : 'the practice PBX does not have it'}`,
  )
if (check && before !== text) console.error('docs/api-coverage.md is not up to date: run npm run coverage:api')
if (!check) await writeFile(file, text)
console.log(`${whole} of ${lines.length}`)
process.exitCode = whole === lines.length && (!check || before === text) ? 0 : 1
