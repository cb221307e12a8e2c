import type { FileReading } from '../domain/file-reading'
import type { JobState } from '../domain/job'
import type { PlanSummary } from '../domain/plan'
import type { RolloutSummary } from '../domain/rollout'
import type { TestMails } from '../domain/test-mails'
import type { SessionState } from '../domain/session'
import type { Settings } from '../domain/settings'
import type { WorkspaceView } from '../domain/workspace'
import type { FleetActivity } from '../fleet/activity'
import type { StoredFacts } from '../fleet/facts'
import type { MergedState } from '../fleet/merged'
import type { NewAlert } from '../fleet/raised-file'
import type { KeychainStatus } from './values'

/** Commands of the native menu for the window. */
export const menuCommands = [
  'back',
  'forward',
  'palette',
  'add-server',
  'add-practice-server',
  'import-passwords',
  'import-servers',
  'import-workspace',
  'export-workspace',
  'open-export',
  'show-fleet',
  'show-new-alerts',
  'show-search',
  'sign-in-all',
  'show-exports',
  'show-plans',
  'show-journal',
  'revert-last',
  'new-item',
  'find',
  'reload-page',
  'about',
  'practice-faults',
] as const
export type MenuCommand = (typeof menuCommands)[number]

/** Events that main sends to the window. */
export interface EventContract {
  'session:changed': SessionState
  /** Facts that changed. */
  'fleet:facts': readonly StoredFacts[]
  'fleet:activity': FleetActivity
  /** All alerts that are new. */
  'fleet:alerts': readonly NewAlert[]
  'merged:changed': MergedState
  /** A search may find more now. */
  'search:changed': null
  'workspace:changed': WorkspaceView
  'job:changed': JobState
  'plan:changed': PlanSummary
  'rollout:changed': RolloutSummary
  'mails:changed': TestMails
  'settings:changed': Settings
  'keychain:changed': KeychainStatus
  'library:changed': null
  'journal:changed': null
  'files:reading': FileReading
  'menu:command': MenuCommand
}
export type EventName = keyof EventContract
