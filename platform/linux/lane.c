#include "platform/linux/lane.h"

#include "platform/host.h"
#include "platform/linux/mounts.h"
#include "platform/linux/rights.h"

#include <errno.h>
#include <fcntl.h>
#include <scsi/sg_lib.h>
#include <scsi/sg_pt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	SR,
	SG,
	BSG, /* the order of odr_sysfs_drive.node */

	/*
	 * What the kernel grants at least. Its own end to a command is an abort and a reset, which can hit a
	 * running erase; protocols.md 10 rule 6 grants 300 s to a block.
	 */
	KERNEL_S = 300,
	/* udev locks a node for the moment that it looks at it. */
	LOCK_PATIENCE_MS = 2000,
	/* <scsi/scsi.h> of the kernel, not for programs: what the host says when nobody is there */
	DID_NO_CONNECT = 1,
	DID_TIME_OUT = 3,
	DID_BAD_TARGET = 4,
	STATUS_CHECK_CONDITION = 2,
};

static const char sr_driver[] = "/sys/bus/scsi/drivers/sr";

/* ---- in ------------------------------------------------------------------------------------- */

static enum odr_obstacle no_node(const char *node, struct odr_error *e)
{
	int error = errno;

	odr_fail(e, ODR_E_REFUSED, "%s: %s", node, strerror(error));
	if (error == EACCES || error == EPERM)
		return ODR_NOT_ALLOWED;
	return error == EBUSY || error == EWOULDBLOCK ? ODR_USED : ODR_NO_SAFE_WAY;
}

/* The sr node, held against everybody: the kernel grants that to nobody while its disc is mounted. */
static enum odr_obstacle hold_sr(const char *node, int *fd, struct odr_error *e)
{
	char where[80];

	if (odr_mounts_find(node, where, sizeof where)) {
		odr_fail(e, ODR_E_REFUSED, "its disc is mounted on %s", where);
		return ODR_USED;
	}
	*fd = open(node, O_RDONLY | O_NONBLOCK | O_EXCL | O_CLOEXEC);
	if (*fd < 0)
		return no_node(node, e);
	if (odr_host_lock(*fd, LOCK_PATIENCE_MS, NULL) == ODR_OK)
		return ODR_CLEAR;
	close(*fd);
	odr_fail(e, ODR_E_REFUSED, "%s is locked by another program", node);
	return ODR_USED;
}

static bool tell_driver(const char *order, const char *device)
{
	char path[80];
	int fd;
	bool well;

	snprintf(path, sizeof path, "%s/%s", sr_driver, order);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	well = fd >= 0 && write(fd, device, strlen(device)) > 0;
	if (fd >= 0)
		close(fd);
	return well;
}

/* bsg for the commands, sg against others. */
static enum odr_obstacle open_nodes(struct odr_lane *lane, const struct odr_sysfs_drive *drive,
				    struct odr_error *e)
{
	const char *sg = drive->node[SG], *bsg = drive->node[BSG];

	lane->bsg = lane->sg = -1;
	if (!*bsg) {
		odr_fail(e, ODR_E_REFUSED, "there is no /dev/bsg node for it");
		return ODR_NO_SAFE_WAY;
	}
	if (*sg)
		lane->sg = open(sg, O_RDWR | O_NONBLOCK | O_EXCL | O_CLOEXEC);
	if (*sg && lane->sg < 0)
		return no_node(sg, e);
	lane->bsg = open(bsg, O_RDWR | O_CLOEXEC);
	if (lane->bsg < 0)
		return no_node(bsg, e);
	snprintf(lane->device, sizeof lane->device, "%s", strrchr(bsg, '/') + 1);
	return ODR_CLEAR;
}

static enum odr_obstacle take(struct odr_lane *lane, const struct odr_sysfs_drive *drive,
			      struct odr_error *e)
{
	const char *sr = drive->node[SR];
	enum odr_obstacle obstacle = ODR_CLEAR;
	int held = -1;

	if (*sr)
		obstacle = hold_sr(sr, &held, e);
	if (obstacle == ODR_CLEAR)
		obstacle = open_nodes(lane, drive, e);
	/* Without one it was taken by a job that did not end well: whoever does gives it back. */
	lane->unbound = obstacle == ODR_CLEAR && !*sr;
	if (obstacle == ODR_CLEAR && *sr) {
		lane->unbound = tell_driver("unbind", lane->device);
		if (!lane->unbound)
			obstacle = no_node("the sr driver does not let it go", e);
	}
	if (held >= 0)
		close(held);
	if (obstacle != ODR_CLEAR)
		odr_lane_close(lane);
	return obstacle;
}

void odr_lane_start(struct odr_lane *lane)
{
	memset(lane, 0, sizeof *lane);
	lane->bsg = lane->sg = -1;
}

enum odr_obstacle odr_lane_enter(struct odr_lane *lane, unsigned position,
				 const struct odr_sysfs_drive *drive, struct odr_error *e)
{
	enum odr_obstacle obstacle;

	if (lane->position == position && lane->bsg >= 0 && !lane->left)
		return ODR_CLEAR; /* a job before did not end well, and kept it */
	odr_lane_close(lane);
	if (!drive) {
		odr_fail(e, ODR_E_NO_DEVICE, "nobody is there any more");
		return ODR_NO_SAFE_WAY;
	}
	/* The kernel (scsi_cmd_allowed) would only say so in mid-job. */
	if (!odr_rights_to_send()) {
		odr_fail(e, ODR_E_REFUSED, "the kernel lets only root send these commands");
		return ODR_NOT_ALLOWED;
	}
	obstacle = take(lane, drive, e);
	if (obstacle != ODR_CLEAR)
		return obstacle;
	lane->position = position;
	lane->left = false;
	strcpy(lane->key, drive->spot.key);
	return ODR_CLEAR;
}

/* ---- out ------------------------------------------------------------------------------------ */

static void close_nodes(struct odr_lane *lane)
{
	if (lane->bsg >= 0)
		close(lane->bsg);
	if (lane->sg >= 0)
		close(lane->sg);
	lane->bsg = lane->sg = -1;
}

void odr_lane_close(struct odr_lane *lane)
{
	close_nodes(lane);
	lane->position = 0;
}

void odr_lane_leave(struct odr_lane *lane)
{
	if (!lane->position)
		return;
	odr_lane_close(lane);
	if (lane->unbound) /* refused: it has left; a new one is bound by itself */
		tell_driver("bind", lane->device);
	lane->unbound = false;
}

/* ---- one command ---------------------------------------------------------------------------- */

/* Is it back at its plug? */
static enum odr_err find_again(struct odr_lane *lane, struct odr_error *e)
{
	static struct odr_sysfs now;
	unsigned position = lane->position;
	bool found = false;

	odr_sysfs_walk("", &now);
	for (unsigned i = 0; i < now.drives && !found; i++)
		found = now.drive[i].kind == ODR_SYSFS_OPTICAL &&
			!strcmp(now.drive[i].spot.key, lane->key) &&
			take(lane, &now.drive[i], e) == ODR_CLEAR;
	lane->position = position; /* not yet: it is looked for again with the next command */
	if (found)
		return ODR_OK;
	return odr_fail(e, ODR_E_NO_DEVICE, "the drive has left, and is not back at its plug");
}

static enum odr_err has_left(struct odr_lane *lane, const struct odr_packet *p, struct odr_error *e)
{
	close_nodes(lane);
	lane->left = true;
	return odr_fail(e, ODR_E_NO_DEVICE, "the drive left with command %02X", p->cdb[0]);
}

/* A command that the kernel did not take, or lost. */
static enum odr_err not_carried(struct odr_lane *lane, const struct sg_pt_base *pt, int error,
				const struct odr_packet *p, struct odr_error *e)
{
	int host = get_scsi_pt_transport_err(pt);

	if (error == EPERM || error == EACCES)
		return odr_fail(e, ODR_E_REFUSED,
				"the kernel lets only root send command %02X (EPERM)", p->cdb[0]);
	if (error == ENODEV || error == ENXIO || host == DID_NO_CONNECT || host == DID_BAD_TARGET)
		return has_left(lane, p, e);
	if (host == DID_TIME_OUT || error == ETIMEDOUT)
		return odr_fail(e, ODR_E_TIMEOUT, "command %02X: no answer", p->cdb[0]);
	return odr_fail(e, ODR_E_PROTOCOL,
			"command %02X was lost (host status %d%s%s). Has the drive left?",
			p->cdb[0], host, error ? ", " : "", error ? strerror(error) : "");
}

static enum odr_err read_sense(const struct sg_pt_base *pt, struct odr_packet *p,
			       struct odr_error *e)
{
	struct sg_scsi_sense_hdr sense; /* of both formats, fixed and descriptor */

	p->scsi_status = STATUS_CHECK_CONDITION;
	if (sg_scsi_normalize_sense(get_scsi_pt_sense_buf(pt), get_scsi_pt_sense_len(pt), &sense)) {
		p->sense_key = sense.sense_key;
		p->asc = sense.asc;
		p->ascq = sense.ascq;
	}
	return odr_fail(e, ODR_E_ABORTED, "command %02X refused: sense %X/%02X/%02X", p->cdb[0],
			p->sense_key, p->asc, p->ascq);
}

static enum odr_err send_once(struct odr_lane *lane, struct sg_pt_base *pt, struct odr_packet *p,
			      struct odr_error *e)
{
	uint32_t seconds = (p->timeout_ms + 999) / 1000;
	uint8_t sense[64];
	int rc;

	set_scsi_pt_cdb(pt, p->cdb, p->cdb_len);
	set_scsi_pt_sense(pt, sense, sizeof sense);
	if (p->dir == ODR_DIR_IN)
		set_scsi_pt_data_in(pt, p->data, (int)p->len);
	else if (p->dir == ODR_DIR_OUT)
		set_scsi_pt_data_out(pt, p->data, (int)p->len);
	rc = do_scsi_pt(pt, lane->bsg, (int)(seconds > KERNEL_S ? seconds : KERNEL_S), 0);
	if (rc > 0)
		return odr_fail(e, ODR_E_INTERNAL, "command %02X: not one that can be sent",
				p->cdb[0]);
	p->residual = (uint32_t)get_scsi_pt_resid(pt);
	switch (rc < 0 ? SCSI_PT_RESULT_OS_ERR : get_scsi_pt_result_category(pt)) {
	case SCSI_PT_RESULT_GOOD:
		return ODR_OK;
	case SCSI_PT_RESULT_SENSE:
		return read_sense(pt, p, e);
	case SCSI_PT_RESULT_STATUS:
		p->scsi_status = (uint8_t)get_scsi_pt_status_response(pt);
		return odr_fail(e, ODR_E_ABORTED, "command %02X: SCSI status %02X", p->cdb[0],
				p->scsi_status);
	default:
		return not_carried(lane, pt, rc < 0 ? -rc : get_scsi_pt_os_err(pt), p, e);
	}
}

enum odr_err odr_lane_packet(struct odr_lane *lane, unsigned position, struct odr_packet *p,
			     struct odr_error *e)
{
	struct sg_pt_base *pt;
	enum odr_err rc = ODR_OK;

	p->residual = p->len;
	p->scsi_status = p->sense_key = p->asc = p->ascq = 0;
	if (!position || lane->position != position)
		return odr_fail(e, ODR_E_REFUSED, "no job has %s", odr_position_name(position));
	if (lane->left && p->dir == ODR_DIR_OUT)
		return odr_fail(e, ODR_E_REFUSED,
				"the drive had left: nothing is written to it any more");
	if (lane->bsg < 0)
		rc = find_again(lane, e);
	if (rc != ODR_OK)
		return rc;
	pt = construct_scsi_pt_obj();
	if (!pt)
		return odr_fail(e, ODR_E_INTERNAL, "no memory for a command");
	rc = send_once(lane, pt, p, e);
	destruct_scsi_pt_obj(pt);
	return rc;
}
