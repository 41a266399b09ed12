// What every page loads. Each module makes something that works without it
// easier; none is needed to read a page or to send a form.
import { menus } from './menus.js';
import { forms } from './forms.js';
import { drafts } from './drafts.js';
import { tables } from './tables.js';
import { keys } from './keys.js';

menus();
forms();
drafts();
tables();
keys();
