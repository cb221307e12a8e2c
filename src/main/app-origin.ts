export const appScheme = 'app'
export const appHost = 'fleet'

/** Origin of the development server; only an unpackaged build started by electron-vite sets it. */
let devOrigin: string | undefined

export const useDevServer = (url: string): void => {
  devOrigin = new URL(url).origin
}

/** The only origin whose pages may run in our window. */
export const appOrigin = (): string => devOrigin ?? `${appScheme}://${appHost}`

export const appUrl = (): string => `${appOrigin()}/index.html`
