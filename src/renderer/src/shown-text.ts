import { toDisplayString } from 'vue'
import { visibleText } from '@shared/domain/visible-text'

/** What `{{ value }}` shows in every template: the build puts it there (build/lib/shown-texts). */
export const shownText = (value: unknown): string =>
  typeof value === 'number' ? String(value) : visibleText(toDisplayString(value))
