import { validationProblem } from '../api-problem'
import { singleOperations } from './described'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** GET and POST /admin/settings; the custom options are JSON text. */
export const systemSettingsOperations = singleOperations('system-settings', {
  change: (_call, next) => {
    const options = next['custom_options']
    if (typeof options === 'string' && !isJson(options))
      throw validationProblem([{ field: 'custom_options', message: 'JSON is expected' }])
    return next
  },
})
