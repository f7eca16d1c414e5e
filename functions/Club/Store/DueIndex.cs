namespace Club.Store;

/// <summary>The indexes by which sweeps find what is due; each is kept by bucket. A document that is due for several things has a key in
/// each.</summary>
public static class DueIndex
{
    /// <summary>Something that a crash, or an answer that could not wait, left half done.</summary>
    public const string Finish = "dueFinish";

    /// <summary>A tier whose validity or grace ends.</summary>
    public const string Tier = "dueTier";

    /// <summary>Points that lapse.</summary>
    public const string Points = "duePoints";

    /// <summary>A profile or account of which care has something to tell.</summary>
    public const string Care = "dueCare";

    /// <summary>A message to be sent.</summary>
    public const string Sms = "dueSms";

    /// <summary>The day on which a member was last seen: how long ago is too long the rules of the day say.</summary>
    public const string Lapse = "dueLapse";

    /// <summary>A member whose class by spend and visits changes: the terms by which she was judged, and the day.</summary>
    public const string Value = "dueValue";

    /// <summary>A complaint of which its owner is to be reminded.</summary>
    public const string Complaint = "dueComplaint";

    /// <summary>A closed complaint about which the member was not asked yet: the day on which it was closed. How long after she is asked
    /// the rules of the day say.</summary>
    public const string ComplaintCare = "dueComplaintCare";

    /// <summary>Points kept for a redemption whose time is over.</summary>
    public const string Hold = "dueHold";

    /// <summary>Points that are still owed at their deadline.</summary>
    public const string Overdraft = "dueOverdraft";

    /// <summary>A referral whose time is over.</summary>
    public const string Referral = "dueReferral";

    /// <summary>The day on which a vehicle was bought of which nobody looked yet whether its owner is to be asked for another: how old is
    /// old enough the rules of the day say.</summary>
    public const string Repurchase = "dueRepurchase";

    /// <summary>An order whose points are kept no longer, or whose stock is to be given back.</summary>
    public const string Order = "dueOrder";

    /// <summary>What has been kept long enough.</summary>
    public const string Forget = "dueForget";
}
