import { singleOperations } from './described'

/** GET and POST /sbc. */
export const sbcOperations = singleOperations('sbc')
