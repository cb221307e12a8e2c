import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { setLocale } from '@shared/format/locale'
import App from './App.vue'
import { router } from './router'

setLocale(window.fleet.locale)
const app = createApp(App)
// Notices are a Vue app of naive-ui's, which numbers its ids from the start as well.
app.config.idPrefix = 'fleet'
// Vue would only write it to the console: this way it counts as an error of the page.
app.config.errorHandler = (error) => reportError(error)
app.use(createPinia()).use(router).mount('#app')
