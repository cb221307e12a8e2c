import { brand } from '@shared/resources/brand'
import { createSchema } from '@shared/resources/schema'
import { done, noContent } from '../answer'
import { validationProblem } from '../api-problem'
import { operation, operationWithBody, operationWithBytes, type Operation } from '../operation'

const allow = brand.roles
const tokenHeader = 'portsip-upload-token'

/** Setting the brand, which cannot be read, and uploads of its images. */
export const brandOperations: readonly Operation[] = [
  operationWithBody({
    method: 'POST',
    path: '/brand',
    allow,
    body: createSchema(brand),
    answer: ({ world, body }) => {
      const unknown = (['logo', 'favicon'] as const).find(
        (use) => typeof body[use] === 'string' && !world.uploads.has(body[use]),
      )
      if (unknown !== undefined) throw validationProblem([{ field: unknown, message: 'There is no such file' }])
      return done
    },
  }),
  operation({
    method: 'POST',
    path: '/blobs/uploads',
    allow: 'signed-in',
    answer: ({ world }) => ({ status: 202, headers: world.uploads.begin() }),
  }),
  operationWithBytes({
    method: 'POST',
    path: '/blobs/uploads/:id/append',
    allow: 'signed-in',
    answer: ({ world, params, headers, body }) => ({
      status: 203,
      headers: world.uploads.append(params['id'] ?? '', headers[tokenHeader], body),
    }),
  }),
  operationWithBytes({
    method: 'POST',
    path: '/blobs/uploads/:id/complete',
    allow: 'signed-in',
    answer: ({ world, params, headers, body, query }) => ({
      status: 201,
      body: { id: world.uploads.complete(params['id'] ?? '', headers[tokenHeader], body, query['digest']) },
    }),
  }),
  operation({
    method: 'POST',
    path: '/blobs/uploads/:id/destroy',
    allow: 'signed-in',
    answer: ({ world, params }) => {
      world.uploads.destroy(params['id'] ?? '')
      return noContent
    },
  }),
]
