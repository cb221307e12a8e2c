import { countText } from '../format/count-text'

/** The only server by its name, several by their number. */
export const whoText = ([name = '', ...others]: readonly string[]): string =>
  others.length === 0 ? name : countText(others.length + 1, 'server')
