namespace Club.Store;

/// <summary>The databases of a club, by the names under which a host adds them.</summary>
public static class ClubStores
{
    /// <summary>Everything but what is named here.</summary>
    public const string Documents = "documents";

    /// <summary>The keys of what is personal. It has backups of its own, which lapse soon, or none.</summary>
    public const string Keys = "keys";
}
