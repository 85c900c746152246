using System.Net.Mail;
using HumanLoop.Notifying;

namespace SupportDesk;

/// <summary>Tells people by mail. Wired only where a mail server is configured: <c>--mail:host localhost --mail:from desk@example.com</c>.</summary>
internal sealed class MailNotifier(IConfiguration settings) : IReviewNotifier
{
    public async Task NotifyAsync(ReviewNotification notification, CancellationToken cancellationToken)
    {
        using var smtp = new SmtpClient(settings["mail:host"], settings.GetValue("mail:port", 25));
        using var mail = new MailMessage(settings["mail:from"] ?? "support-desk@example.com", notification.Recipient, notification.Text, $"Noticed at {notification.At:u}.");
        await smtp.SendMailAsync(mail, cancellationToken);
    }
}
