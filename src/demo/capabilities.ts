import { capabilityRules, type AccessAction, type CapabilityRule, type Subject } from '@shared/access/rules'
import { isVersionIn } from '@shared/resources/version'
import { notYourRole } from './api-problem'
import type { Operation } from './operation'
import type { PracticeVersion } from './options'

/** The pages of the table whose capabilities are documented, by their paths. */
const subjects: readonly (readonly [RegExp, Subject])[] = [
  [/^\/ip_filters/, 'ip-rules'],
  [/^\/transports/, 'transports'],
  [/^\/admin\/settings/, 'system-settings'],
  [/^\/sbc/, 'sbc'],
  [/^\/providers/, 'trunk-assignments'],
  // Acting as a tenant changes none.
  [/^\/tenants(?!\/switch)/, 'tenants'],
]

function actionOf({ method, path }: Pick<Operation, 'method' | 'path'>): AccessAction {
  if (path.endsWith('/export')) return 'export'
  return method === 'GET' ? 'read' : 'change'
}

/** What a system administrator with every documented capability has. */
export const everyCapability: readonly string[] = [...new Set(capabilityRules.map(({ area }) => `${area}.FullAccess`))]

/** Throws 403 if an account of 22.3 or later lacks a capability that the documents require for an operation. */
export function requireCapability(
  capabilities: readonly string[] | undefined,
  operation: Pick<Operation, 'method' | 'path'>,
  version: PracticeVersion,
): void {
  const subject = subjects.find(([pattern]) => pattern.test(operation.path))?.[1]
  if (capabilities === undefined || subject === undefined) return
  const action = actionOf(operation)
  const has = (area: string, level: CapabilityRule['level']): boolean => capabilities.includes(`${area}.${level}`)
  const isMissing = ({ area, level, onlyIfReported }: CapabilityRule): boolean =>
    !has(area, 'FullAccess') && !has(area, level) && (onlyIfReported !== true || has(area, 'ViewOnly'))
  const rules = capabilityRules.filter(
    (rule) => rule.subjects.includes(subject) && rule.actions.includes(action) && isVersionIn(version, rule),
  )
  if (rules.some(isMissing)) throw notYourRole()
}
