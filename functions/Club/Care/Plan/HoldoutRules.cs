using Club.Kernel;

namespace Club.Care;

/// <summary>On which occasions nothing is said, so that it shows what saying it does. Pure: chance lies in the ids of members, so that
/// every look comes to the same, and a member who is held out of one occasion is held out of the next no more likely than others.</summary>
public static class HoldoutRules
{
    /// <summary>Why nothing was said.</summary>
    public const string Why = "holdout";

    private const int PerMille = 1000;

    public static bool Takes(MemberId memberId, Occasion occasion) =>
        occasion.Message.Holdout > 0 && Draw(memberId, OccasionKeys.WhatOf(occasion.Key)) < occasion.Message.Holdout * PerMille;

    /// <summary>0 to 999, each as likely; the same for all messages of one occasion.</summary>
    private static int Draw(MemberId memberId, string what) => (int)(Ids.Hash(Ids.Derived("", "holdout", memberId, what)) % PerMille);
}
