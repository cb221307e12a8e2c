import { basename } from 'node:path'
import { visibleText } from '@shared/domain/visible-text'
import { FleetError } from '@shared/ipc/result'
import { printNumber } from '@shared/format/print-number'
import { selectedLimits } from '@shared/limits/selected'
import { rolloutStepsMax } from '@shared/domain/rollout'
import { anyPlanFileSchema, planFileSchema, planFileVersion, type PlanFile } from '@shared/rollout/plan-file'
import { diskError } from '../../storage/disk-error'
import { jsonOf } from '../../storage/json-line'
import { jsonSize } from '../../storage/json-size'
import { readRegular } from '../../storage/regular-file'
import { stepProblem } from './step-problem'

const subject = 'The plan file'

const refused = (what: string, hint: string, code: 'damaged' | 'rejected' = 'rejected'): FleetError =>
  new FleetError({ code, message: `${subject} cannot be opened: ${what}`, hint })
const notAPlan = (what: string, hint = 'Ask for the file again: it may be incomplete or changed.'): FleetError =>
  refused(what, hint, 'damaged')

async function textOf(path: string): Promise<string> {
  try {
    const bytes = await readRegular(path, selectedLimits.planBytes, (why) => notAPlan(`it ${why}`))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw notAPlan('it is not UTF-8 text')
    throw diskError(error, path, 'read')
  }
}

/** `servers[0].steps[3].after`: where something is wrong. */
const placeText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => `${text}${typeof part === 'number' ? `[${part}]` : `${text === '' ? '' : '.'}${String(part)}`}`,
    '',
  )

/** Values that are nested too deeply end the stack. */
function checked(json: unknown): ReturnType<typeof planFileSchema.safeParse> {
  try {
    return planFileSchema.safeParse(json)
  } catch (error) {
    if (error instanceof RangeError) throw notAPlan('its values are nested too deeply')
    throw error
  }
}

/** Reads a plan file, which another person may have changed. Errors: FleetError `damaged`, `rejected` for a newer version. */
export function parsePlanFile(text: string): PlanFile {
  const size = jsonSize(text)
  if ('problem' in size) throw notAPlan(`it ${size.problem}`)
  const json = jsonOf(text)
  if (json === undefined) throw notAPlan('it is incomplete, or it is no JSON')
  const any = anyPlanFileSchema.safeParse(json)
  if (!any.success)
    throw notAPlan('it is not a plan that PBX Fleet saved', 'Select a file with the ending .pbxplan.json.')
  const { version } = any.data
  if (version > planFileVersion)
    throw refused(
      `it has version ${printNumber(version)} of the format, and this app reads version ${printNumber(planFileVersion)}`,
      'Update PBX Fleet on this computer.',
    )
  const parsed = checked(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw notAPlan(`${placeText(issue?.path ?? []) || 'the file'}: ${issue?.message ?? 'invalid'}`)
  }
  const file = parsed.data
  const steps = file.servers.reduce((sum, server) => sum + server.steps.length, 0)
  if (steps > rolloutStepsMax)
    throw notAPlan(`it has ${printNumber(steps)} steps, and the limit is ${printNumber(rolloutStepsMax)}`)
  for (const [at, server] of file.servers.entries())
    for (const [place, step] of server.steps.entries()) {
      const problem = stepProblem(step)
      if (problem !== undefined)
        throw notAPlan(`${placeText(['servers', at, 'steps', place, ...problem.path])}: ${problem.message}`)
    }
  return file
}

/** The error of a file with the file's name. */
function named(error: unknown, path: string): unknown {
  if (!(error instanceof FleetError) || !error.detail.message.startsWith(subject)) return error
  const message = `${subject} “${visibleText(basename(path))}”${error.detail.message.slice(subject.length)}`
  return new FleetError({ ...error.detail, message }, { cause: error })
}

/** Reads the plan file at this path. Errors: as `parsePlanFile`, and `disk`. */
export async function readPlanFile(path: string): Promise<PlanFile> {
  try {
    return parsePlanFile(await textOf(path))
  } catch (error) {
    throw named(error, path)
  }
}
