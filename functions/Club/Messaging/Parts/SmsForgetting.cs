using Club.Kernel;
using Club.Store;

namespace Club.Messaging;

/// <summary>Takes out a message's text once it was kept long enough; that there was one stays, so that no occasion is spoken of
/// twice.</summary>
internal sealed class SmsForgetting(IClubStore store, ClubCalendar calendar) : IForgets
{
    public string DocumentType => "sms";

    public async Task Forget(Document old, CancellationToken cancellation)
    {
        var sms = old.As<SmsRecord>();
        if (sms.ForgetOn <= calendar.Today)
            await store.Commit(old.Partition, [(sms with { Text = "", WeChat = null, ThenSms = null, Letter = null, ForgetOn = null })
                .ToReplace(old.ETag)], cancellation);
    }
}
