import { z } from 'zod'
import { defaultSettings } from './default-settings'

export const themes = ['system', 'light', 'dark'] as const

/** Layout of a table: widths in CSS pixels by column key, hidden columns, and the last sort order. */
export const tableLayoutSchema = z.object({
  widths: z.record(z.string(), z.int().min(40).max(2000)).readonly(),
  hidden: z.array(z.string()).readonly(),
  order: z.array(z.string()).readonly().optional(),
})
export type TableLayout = z.infer<typeof tableLayoutSchema>

export const refreshMinutes = [0, 1, 5, 15] as const
export const boardDensities = ['normal', 'compact'] as const

/** A named filter and order of the fleet board; views that an older version of the app saved are not grouped. */
export const boardViewSchema = z.object({
  name: z.string().trim().min(1).max(60),
  filter: z.string().max(500),
  sort: z.object({ key: z.string(), descending: z.boolean() }).optional(),
  grouped: z.boolean().default(false),
})
export type BoardView = z.infer<typeof boardViewSchema>

/** Settings that the window may change. The library folder is selected in a native dialog of main. */
const changeable = z.object({
  theme: z.enum(themes),
  tables: z.record(z.string(), tableLayoutSchema).readonly(),
  collapsedFolders: z.array(z.string()).readonly(),
  sidebarWidth: z.int().min(180).max(600),
  /** Minutes between two background reads of a server that is signed in; 0 is off. */
  refreshMinutes: z.literal(refreshMinutes),
  /** Whether all servers with a stored password are signed in to when the app starts. */
  signInAtStart: z.boolean(),
  boardDensity: z.enum(boardDensities),
  /** Whether the servers of the board are grouped by folder. */
  boardGrouped: z.boolean(),
  /** Folders whose groups are collapsed; empty for servers without a folder. */
  boardCollapsed: z.array(z.string().max(120)).max(10_000).readonly(),
  boardViews: z.array(boardViewSchema).max(50).readonly(),
  /** Alerts that are not listed as such, as `mutedKey` names them. */
  mutedAlerts: z.array(z.string().max(80)).max(10_000).readonly(),
  /** Whether new alerts are a notification of the system. */
  notifyAlerts: z.boolean(),
})
export const settingsPatchSchema = changeable.partial()
export type SettingsPatch = z.infer<typeof settingsPatchSchema>

const {
  refreshMinutes: minutes,
  signInAtStart,
  boardDensity,
  boardGrouped,
  boardCollapsed,
  boardViews,
  mutedAlerts,
  notifyAlerts,
} = changeable.shape

/** The settings file. What an older version of the app did not store has its default. */
export const settingsSchema = changeable.extend({
  version: z.literal(1),
  /** Absolute folder of the export library; by default `Documents/PBX Fleet Exports`. Only main reads and writes it. */
  libraryFolder: z.string().optional(),
  refreshMinutes: minutes.default(defaultSettings.refreshMinutes),
  signInAtStart: signInAtStart.default(defaultSettings.signInAtStart),
  boardDensity: boardDensity.default(defaultSettings.boardDensity),
  boardGrouped: boardGrouped.default(defaultSettings.boardGrouped),
  boardCollapsed: boardCollapsed.default(defaultSettings.boardCollapsed),
  boardViews: boardViews.default(defaultSettings.boardViews),
  mutedAlerts: mutedAlerts.default(defaultSettings.mutedAlerts),
  notifyAlerts: notifyAlerts.default(defaultSettings.notifyAlerts),
})
export type Settings = z.infer<typeof settingsSchema>
