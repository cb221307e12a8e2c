import type { RequestListener } from 'node:http'
import fastify from 'fastify'
import { ApiProblem } from './api-problem'
import { operationsOf } from './operations'
import type { Recorder } from './recorder'
import { problemAnswer, serve } from './serve'
import type { World } from './world'

/** Routes every operation that this API generation has, below /api, and everything else to a 404 in the API's words. */
export async function makeApplication(world: World, recorder: Recorder): Promise<RequestListener> {
  const app = fastify({ logger: false, bodyLimit: 1_048_576, exposeHeadRoutes: false })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, finished) => finished(null, body))
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, finished) =>
    finished(null, body),
  )
  for (const operation of operationsOf(world.options.version)) {
    app.route({
      method: operation.method,
      url: `/api${operation.path}`,
      handler: (request, reply) => serve(world, recorder, operation, request, reply),
    })
  }
  app.setNotFoundHandler((request, reply) => serve(world, recorder, undefined, request, reply))
  app.setErrorHandler((error: { readonly statusCode?: number; readonly message: string }, _request, reply) => {
    const { status, body } = problemAnswer(new ApiProblem(error.statusCode ?? 500, 'UNKNOWN', error.message))
    return reply.status(status).send(body)
  })
  await app.ready()
  return (request, response) => {
    app.routing(request, response)
  }
}
