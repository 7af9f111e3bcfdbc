/** What every page has: the switch between light and dark, the menu, and search as one types. */

import { menu } from "./menu";
import { suggest } from "./suggestion";
import { themeSwitch } from "./switch";

themeSwitch();
menu();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-suggest]")) suggest(form);
