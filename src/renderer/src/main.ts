import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'

const app = createApp(App)
// Notices are a Vue app of naive-ui's, which numbers its ids from the start as well.
app.config.idPrefix = 'fleet'
app.use(createPinia()).use(router).mount('#app')
