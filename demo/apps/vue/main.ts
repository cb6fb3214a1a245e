import { createApp } from 'vue';
import 'viva-voce/define/viva-voce';
import 'viva-voce/vue';
import '../app.css';
import App from './app.vue';

/** A single-page app in Vue. */

createApp(App).mount('#app');
