/*
 * panel.h - the channels panel: sees between two commands what moves, and says so.
 *
 * It watches by glances, which write nothing. Only when a change has come to rest it scans, once, and
 * once more when what was busy has had its 31 s. What a system's kernel tells has come to rest when it
 * is told: then it scans at once. It must never scan while a plug may still bounce, never ask a busy
 * drive, and never write in vendor mode: then it only glances, and says so when the drive has left that.
 * After the erase it does nothing at all. A glance hears one position of a channel, the one that was
 * asked last: a drive that
 * leaves beside another that stays is seen only by the next command, each of which looks anew.
 *
 * Events:
 *   place ... settled=0|1     as from scan; 0: busy now, and may still come to rest
 *   moving channel="secondary" status=d0      at once, before anything is known
 *   change primary=0 secondary=1 position=3 kind="appeared" settled=1      against the baseline, when
 *       there is one of this start of the PC; when all has come to rest. position: the first that
 *       differs, 0 none. kind: appeared, vanished (also a name that is gone), renamed (all else), none.
 *       further=1: among the drives that hang on neither cable, too
 *   pc state="hung" boots=2   the PC with the drives was started, stopped, or hangs
 */
#ifndef ODR_PANEL_H
#define ODR_PANEL_H

#include "flash/engine.h"

/*
 * odr_panel_tick - call it about every 250 ms of the platform's clock while no command runs. Most
 * ticks are one glance; one that scans takes as long as a scan. The first one after the engine's or
 * the PC's start scans at once and tells all places.
 */
void odr_panel_tick(struct odr_engine *engine);

#endif
