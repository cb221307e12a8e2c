import { validationProblem } from '../api-problem'
import { singleOperations } from './described'

/** GET and POST /network: the loopback address is refused. */
export const networkOperations = singleOperations('network', {
  change: (_call, next) => {
    if (next['private_ipv4'] === '127.0.0.1')
      throw validationProblem([{ field: 'private_ipv4', message: 'The loopback address cannot be used' }])
    return next
  },
})
