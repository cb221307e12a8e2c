import { visibleText } from '@shared/domain/visible-text'

/** More characters than a clipped title certainly shows. */
const shownMax = 120

/** The tooltip of a title that may be clipped. */
export const wholeTitle = (title: string): string | undefined =>
  title.length > shownMax ? visibleText(title) : undefined
