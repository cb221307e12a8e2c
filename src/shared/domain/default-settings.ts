/** The settings of a new profile. Without schemas, so that the window can paint with them. */
export const defaultSettings = {
  version: 1,
  theme: 'system',
  tables: {},
  collapsedFolders: [],
  sidebarWidth: 248,
  refreshMinutes: 5,
  signInAtStart: false,
  boardDensity: 'normal',
  boardGrouped: false,
  boardCollapsed: [],
  boardViews: [],
  mutedAlerts: [],
  notifyAlerts: false,
} as const
