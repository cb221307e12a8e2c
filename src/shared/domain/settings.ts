import { z } from 'zod'

export const themes = ['system', 'light', 'dark'] as const

/** Layout of a table: widths in CSS pixels by column key, hidden columns, and the last sort order. */
export const tableLayoutSchema = z.object({
  widths: z.record(z.string(), z.int().min(40).max(2000)).readonly(),
  hidden: z.array(z.string()).readonly(),
  order: z.array(z.string()).readonly().optional(),
})
export type TableLayout = z.infer<typeof tableLayoutSchema>

export const settingsSchema = z.object({
  version: z.literal(1),
  theme: z.enum(themes),
  /** Absolute folder of the export library; by default `Documents/PBX Fleet Exports`. Only main reads and writes it. */
  libraryFolder: z.string().optional(),
  tables: z.record(z.string(), tableLayoutSchema).readonly(),
  collapsedFolders: z.array(z.string()).readonly(),
  sidebarWidth: z.int().min(180).max(600),
})
export type Settings = z.infer<typeof settingsSchema>

/** Settings that the window may change. The library folder is selected in a native dialog of main. */
export const settingsPatchSchema = settingsSchema
  .pick({ theme: true, tables: true, collapsedFolders: true, sidebarWidth: true })
  .partial()
export type SettingsPatch = z.infer<typeof settingsPatchSchema>

export const defaultSettings: Settings = {
  version: 1,
  theme: 'system',
  tables: {},
  collapsedFolders: [],
  sidebarWidth: 280,
}
