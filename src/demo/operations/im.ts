import { singleOperations } from './described'

/** GET and POST /im. */
export const imOperations = singleOperations('im')
