/* The error that travels upward: a code, a field and one sentence. */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cut a half character that snprintf may have left at the end of a full buffer. */
static void trim_half_character(char *s, size_t cap)
{
	size_t n = strlen(s);

	if (n + 1 < cap)
		return;
	while (n > 0 && ((unsigned char)s[n - 1] & 0xC0) == 0x80)
		n--;
	if (n > 0 && ((unsigned char)s[n - 1] & 0x80))
		s[n - 1] = '\0';
}

enum rc err_set(struct err *e, enum rc code, const char *field, const char *format, ...)
{
	va_list args;

	if (e == NULL)
		return code;
	e->code = code;
	snprintf(e->field, sizeof e->field, "%s", field ? field : "");
	va_start(args, format);
	vsnprintf(e->text, sizeof e->text, format, args);
	va_end(args);
	trim_half_character(e->text, sizeof e->text);
	return code;
}

enum rc err_during(struct err *e, const char *format, ...)
{
	char inner[sizeof e->text], context[sizeof e->text];
	va_list args;

	if (e == NULL)
		return RC_INVALID;
	snprintf(inner, sizeof inner, "%s", e->text);
	va_start(args, format);
	vsnprintf(context, sizeof context, format, args);
	va_end(args);
	snprintf(e->text, sizeof e->text, "%s：%s", context, inner);
	trim_half_character(e->text, sizeof e->text);
	return e->code;
}

void err_clear(struct err *e)
{
	memset(e, 0, sizeof *e);
}

const char *err_reason(int error_number)
{
	static const struct { int number; const char *words; } reasons[] = {
		{ ENOENT, "没有这个文件或目录" },
		{ EACCES, "没有权限" },
		{ EPERM, "不允许这样做" },
		{ EEXIST, "已经有同名的文件" },
		{ EISDIR, "这是一个目录" },
		{ ENOTDIR, "路径中间有一段不是目录" },
		{ ENOTEMPTY, "目录不是空的" },
		{ ENOSPC, "磁盘已满" },
		{ EDQUOT, "磁盘配额已用完" },
		{ EROFS, "磁盘是只读的" },
		{ EIO, "磁盘读写出错" },
		{ EMFILE, "打开的文件太多" },
		{ ENFILE, "打开的文件太多" },
		{ ENAMETOOLONG, "文件名太长" },
		{ ELOOP, "链接太多，或不允许是链接" },
		{ EFBIG, "文件太大" },
		{ ENOMEM, "内存不够" },
		{ ETIMEDOUT, "等得太久" },
		{ EAGAIN, "暂时不能用，请再试一次" },
		{ EBUSY, "正在使用" },
		{ ETXTBSY, "正在使用" },
		{ EXDEV, "不在同一个磁盘上" },
		{ EINVAL, "系统不接受这样的操作" },
		{ ENOTTY, "不是终端" },
		{ ENXIO, "没有这个设备" },
		{ ENODEV, "没有这个设备" },
		{ EBADF, "文件没有打开" },
		{ EINTR, "操作被中断" },
		{ EPIPE, "对方已关闭" },
		{ EMLINK, "链接太多" },
		{ ENOLCK, "没有可用的文件锁" },
		{ ENOSYS, "系统没有这个功能" },
		{ EOVERFLOW, "数值太大" },
	};

	for (size_t i = 0; i < COUNT(reasons); i++)
		if (reasons[i].number == error_number)
			return reasons[i].words;
	return "系统没有说明原因";
}
