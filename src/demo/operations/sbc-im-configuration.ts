import { singleOperations } from './described'

/** GET and POST /sbc. */
export const sbcConfigurationOperations = singleOperations('sbc')
/** GET and POST /im. */
export const imConfigurationOperations = singleOperations('im')
