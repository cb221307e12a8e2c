import { darkTheme, type GlobalTheme, type GlobalThemeOverrides } from 'naive-ui'
import { tokens } from './tokens'

export const naiveTheme = (dark: boolean): GlobalTheme | null => (dark ? darkTheme : null)

const fontFamily = "'Inter', 'Segoe UI', system-ui, -apple-system, 'Noto Sans', Roboto, sans-serif"

/** The theme of Naive UI from the colors and sizes of the app. */
export function naiveOverrides(dark: boolean): GlobalThemeOverrides {
  const t = tokens(dark)
  return {
    common: {
      fontFamily,
      fontFamilyMono: "ui-monospace, 'JetBrains Mono', 'DejaVu Sans Mono', Consolas, monospace",
      fontSize: 'var(--text-base)',
      borderRadius: 'var(--radius-m)',
      heightMedium: '34px',
      primaryColor: t.accent,
      primaryColorHover: t['accent-hover'],
      primaryColorPressed: t['accent-hover'],
      primaryColorSuppl: t.accent,
      infoColor: t.accent,
      infoColorHover: t['accent-hover'],
      infoColorPressed: t['accent-hover'],
      errorColor: t.danger,
      errorColorHover: t.danger,
      errorColorPressed: t.danger,
      successColor: t.ok,
      successColorHover: t.ok,
      successColorPressed: t.ok,
      warningColor: t.warn,
      warningColorHover: t.warn,
      warningColorPressed: t.warn,
      textColorBase: t.text,
      textColor1: t.text,
      textColor2: t.text,
      textColor3: t.muted,
      placeholderColor: t.muted,
      bodyColor: t.bg,
      cardColor: t.panel,
      modalColor: t.panel,
      popoverColor: t.panel,
      tableColor: t.panel,
      inputColor: t.panel,
      borderColor: t.border,
      dividerColor: t.border,
      hoverColor: t.hover,
    },
    Input: { border: `1px solid ${t['border-strong']}` },
    Select: { peers: { InternalSelection: { border: `1px solid ${t['border-strong']}` } } },
    Notification: {
      // Narrower than this, an error would be one word a line.
      width: 'max(232px, calc(var(--fleet-sidebar-width) - 2 * var(--space-4)))',
      padding: 'var(--space-6) var(--space-5)',
      titleFontSize: 'var(--text-base)',
      fontSize: 'var(--text-m)',
    },
  }
}
