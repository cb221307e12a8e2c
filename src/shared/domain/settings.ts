import { z } from 'zod'

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

/** A named filter and order of the fleet board. */
export const boardViewSchema = z.object({
  name: z.string().trim().min(1).max(60),
  filter: z.string().max(500),
  sort: z.object({ key: z.string(), descending: z.boolean() }).optional(),
})
export type BoardView = z.infer<typeof boardViewSchema>

export const settingsSchema = z.object({
  version: z.literal(1),
  theme: z.enum(themes),
  /** Absolute folder of the export library; by default `Documents/PBX Fleet Exports`. Only main reads and writes it. */
  libraryFolder: z.string().optional(),
  tables: z.record(z.string(), tableLayoutSchema).readonly(),
  collapsedFolders: z.array(z.string()).readonly(),
  sidebarWidth: z.int().min(180).max(600),
  /** Minutes between two background reads of a server that is signed in; 0 is off. */
  refreshMinutes: z.literal(refreshMinutes).default(5),
  /** Whether all servers with a stored password are signed in to when the app starts. */
  signInAtStart: z.boolean().default(false),
  boardDensity: z.enum(boardDensities).default('normal'),
  boardViews: z.array(boardViewSchema).max(50).readonly().default([]),
  /** Alerts of servers that are not listed as such, as `<server ID> <kind>`. */
  mutedAlerts: z.array(z.string().max(80)).max(10_000).readonly().default([]),
})
export type Settings = z.infer<typeof settingsSchema>

/** Settings that the window may change. The library folder is selected in a native dialog of main. */
export const settingsPatchSchema = settingsSchema
  .omit({ version: true, libraryFolder: true })
  .extend({
    // Without the defaults of the file, which would reset what a patch leaves out.
    refreshMinutes: settingsSchema.shape.refreshMinutes.removeDefault(),
    signInAtStart: settingsSchema.shape.signInAtStart.removeDefault(),
    boardDensity: settingsSchema.shape.boardDensity.removeDefault(),
    boardViews: settingsSchema.shape.boardViews.removeDefault(),
    mutedAlerts: settingsSchema.shape.mutedAlerts.removeDefault(),
  })
  .partial()
export type SettingsPatch = z.infer<typeof settingsPatchSchema>

export const defaultSettings: Settings = {
  version: 1,
  theme: 'system',
  tables: {},
  collapsedFolders: [],
  sidebarWidth: 248,
  refreshMinutes: 5,
  signInAtStart: false,
  boardDensity: 'normal',
  boardViews: [],
  mutedAlerts: [],
}
