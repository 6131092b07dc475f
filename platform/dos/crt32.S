/*
 * crt32.S - from the real mode of DOS into a flat 32-bit C program and, for every DOS or BIOS call,
 * there and back again.
 *
 * The whole program lives in conventional memory: image address 0 is the load segment, offset 0, so
 * 16-bit code uses the same offsets as C, DOS can be handed pointers into the image, and neither
 * A20 nor XMS nor a DPMI host is needed. Interrupts are off in protected mode and on during every
 * odr_dos_int(): no interrupt is ever reflected, so it does not matter where the PIC points.
 *
 * It must never start under a memory manager (EMM386, a Windows DOS box): the processor is then in
 * virtual 8086 mode, where setting CR0 traps. It says so and ends with exit code 3, as it does
 * below a 386. It must never use an instruction that a 386 lacks.
 */

#define SEL_CODE32 0x08 /* the image's code, exact limit */
#define SEL_DATA32 0x10 /* the image, stack included, exact limit */
#define SEL_CODE16 0x18 /* 64 KiB segments: what real mode expects to find in the hidden parts */
#define SEL_DATA16 0x20
#define SEL_FLAT   0x28 /* all of memory, for the BIOS data area and the PSP */
#define RELOCATED  4	/* descriptors, from SEL_CODE32 on, whose base is the load address */

/* struct odr_dos_regs of dos.h */
#define REGS_DS	    28
#define REGS_ES	    30
#define REGS_FLAGS  32
#define REGS_DWORDS 9

#define STACK_PAINT    0x57AC4E12 /* never a likely value; dos.c looks for it */
#define STACK_OVERFLOW 256	  /* "vector" after the processor's own */

	.section .text16, "awx"
	.code16
	.globl	_start
_start:					/* DS = ES = PSP, SS:SP = real_stack_top */
	cld
	movw	%ds, %cs:odr_dos_psp
	movw	%cs, %ax
	movw	%ax, %ds

	movw	$need_386, %dx
	pushf
	popw	%ax
	testw	$0x8000, %ax		/* FLAGS bit 15: 1 on an 8086 only */
	jnz	refuse
	smsw	%bx			/* PE can only mean virtual 8086 mode, thus a 386 */
	testb	$1, %bl
	jnz	refuse_v86
	movw	%ax, %cx
	orw	$0x7000, %ax		/* bits 12..14: always 0 on a 286 in real mode */
	pushw	%ax
	popf
	pushf
	popw	%ax
	pushw	%cx
	popf
	testw	$0x7000, %ax
	jz	refuse

	movw	%cs, %ax
	movw	%ax, real_segment
	movzwl	%ax, %eax
	shll	$4, %eax
	movl	%eax, odr_dos_base
	addl	%eax, gdt_pointer + 2
	addl	%eax, idt_pointer + 2
	movl	%eax, %edx
	shrl	$16, %edx
	movw	$gdt + SEL_CODE32, %bx
	movw	$RELOCATED, %cx
1:	movw	%ax, 2(%bx)
	movb	%dl, 4(%bx)		/* below 1 MiB: the last byte of the base stays 0 */
	addw	$8, %bx
	loop	1b

	/* Neither Ctrl-C nor "Abort, Retry, Fail?" may end this program; DOS restores both. */
	movw	$0x2523, %ax
	movw	$ctrl_c, %dx
	int	$0x21
	movw	$0x2524, %ax
	movw	$critical_error, %dx
	int	$0x21
	jmp	to_protected

refuse_v86:
	movw	$leave_v86, %dx
refuse:
	movb	$9, %ah
	int	$0x21
	movw	$0x4C03, %ax
	int	$0x21
need_386:
	.ascii	"This program needs a 386 or better.\r\n$"
leave_v86:
	.ascii	"A memory manager (EMM386) or Windows holds the processor.\r\n"
	.ascii	"Start DOS without it: press F5 when it says 'Starting'.\r\n$"

critical_error:
	movb	$3, %al			/* fail the call, DOS 3.1 and later */
ctrl_c:	iret

to_protected:
	cli
	lgdtl	gdt_pointer
	lidtl	idt_pointer
	movl	%cr0, %eax
	orb	$1, %al
	movl	%eax, %cr0
	ljmpl	$SEL_CODE32, $protected

to_real:				/* 16-bit protected mode */
	movl	%cr0, %eax
	andb	$0xFE, %al
	movl	%eax, %cr0
	.byte	0xEA			/* ljmp real_segment:real */
	.word	real
real_segment:
	.word	0
real:	movw	%cs, %ax
	movw	%ax, %ds
	movw	%ax, %ss
	movl	$real_stack_top, %esp
	lidtl	real_idt_pointer
	movl	regs, %eax
	movl	regs + 4, %ebx
	movl	regs + 8, %ecx
	movl	regs + 12, %edx
	movl	regs + 16, %esi
	movl	regs + 20, %edi
	movl	regs + 24, %ebp
	movw	regs + REGS_ES, %es
	movw	regs + REGS_DS, %ds
	sti
	.byte	0xCD			/* int number; the jumps above have emptied the prefetch */
int_number:
	.byte	0
	pushf
	cli
	popw	%cs:regs + REGS_FLAGS
	movw	%ds, %cs:regs + REGS_DS
	pushw	%cs
	popw	%ds
	movw	%es, regs + REGS_ES
	movl	%eax, regs
	movl	%ebx, regs + 4
	movl	%ecx, regs + 8
	movl	%edx, regs + 12
	movl	%esi, regs + 16
	movl	%edi, regs + 20
	movl	%ebp, regs + 24
	jmp	to_protected

	/* Exceptions: a stub for each vector, below 64 KiB so that the gates can be constants. */
	.code32
	.balign	8
stubs:
	.set	vector, 0
	.rept	32
	.balign	8
	pushl	$vector
	jmp	exception
	.set	vector, vector + 1
	.endr

	.balign	8
idt:
	.set	vector, 0
	.rept	32
	.word	stubs + 8 * vector, SEL_CODE32, 0x8E00, 0
	.set	vector, vector + 1
	.endr
idt_pointer:
	.word	. - idt - 1
	.long	idt

	.balign	8
gdt:	.quad	0
	.word	odr_dos_code_limit, 0, 0x9A00, odr_dos_code_limit_high
	.word	odr_dos_data_limit, 0, 0x9200, odr_dos_data_limit_high
	.word	0xFFFF, 0, 0x9A00, 0
	.word	0xFFFF, 0, 0x9200, 0
	.word	0xFFFF, 0, 0x9200, 0x00CF
gdt_pointer:
	.word	. - gdt - 1
	.long	gdt
real_idt_pointer:
	.word	0x3FF
	.long	0

	.balign	4
regs:	.space	4 * REGS_DWORDS
regs_home:
	.long	0			/* the caller's copy of regs */
saved_esp:
	.long	odr_dos_stack_top
resume:	.long	first_entry		/* where C goes on after the switch */
	.globl	odr_dos_base, odr_dos_psp
odr_dos_base:
	.long	0
odr_dos_psp:
	.word	0

	.balign	16
	.space	4096			/* interrupts and DOS run on it */
	.globl	real_stack_top
real_stack_top:

	.text
protected:
	movw	$SEL_DATA32, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movw	%ax, %gs
	movw	$SEL_FLAT, %ax
	movw	%ax, %fs
	movl	saved_esp, %esp
	jmp	*resume

first_entry:
	movl	$after_int, resume
	xorl	%eax, %eax
	movl	$odr_dos_bss_start, %edi
	movl	$odr_dos_bss_end, %ecx
	subl	%edi, %ecx
	rep stosb
	movl	$STACK_PAINT, %eax
	movl	$odr_dos_stack_bottom, %edi
	movl	$odr_dos_stack_top, %ecx
	subl	%edi, %ecx
	shrl	$2, %ecx
	rep stosl
	call	odr_dos_main		/* never returns */

/* void odr_dos_int(unsigned number, struct odr_dos_regs *regs) */
	.globl	odr_dos_int
odr_dos_int:
	cmpl	$STACK_PAINT, odr_dos_stack_bottom
	jne	stack_overflow
	cmpl	$odr_dos_stack_bottom + 64, %esp	/* room for what is pushed below */
	jb	stack_overflow		/* (a frame may step over the paint and leave it whole) */
	pushal
	movl	36(%esp), %eax
	movb	%al, int_number
	movl	40(%esp), %esi
	movl	%esi, regs_home
	movl	$regs, %edi
	movl	$REGS_DWORDS, %ecx
	rep movsl
	movl	%esp, saved_esp
	movw	$SEL_DATA16, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	ljmp	$SEL_CODE16, $to_real
after_int:
	movl	$regs, %esi
	movl	regs_home, %edi
	movl	$REGS_DWORDS, %ecx
	rep movsl
	popal
	ret

stack_overflow:				/* shown like an exception, at the caller's address */
	popl	%eax
	movl	$STACK_PAINT, odr_dos_stack_bottom
	movl	$odr_dos_stack_top, %esp
	pushfl
	pushl	%cs
	pushl	%eax
	pushl	$STACK_OVERFLOW
exception:				/* vector, [error code,] eip, cs, eflags on the stack */
	cld
	pushal
	movw	$SEL_DATA32, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	$SEL_FLAT, %ax
	movw	%ax, %fs
	pushl	%esp
	call	odr_dos_fault		/* never returns */

	.section .note.GNU-stack, "", @progbits
