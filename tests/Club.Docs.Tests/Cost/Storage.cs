namespace Club.Docs.Tests.Cost;

/// <summary>What members take on disk, in GB as they are billed.</summary>
internal static class Storage
{
    /// <summary>_rid, _self, _etag, _attachments and _ts of each item.</summary>
    public const int SystemBytes = 200;

    /// <summary>Assumed: what the index adds to the items.</summary>
    public const double IndexShare = 0.1;

    public const double GbPerPhysicalPartition = 50;

    public static double PerMemberAtFirst(MemberYear year) => (year.BytesAtFirst + year.DocumentsAtFirst * SystemBytes) * (1 + IndexShare);

    public static double PerMemberYear(MemberYear year) => (year.Bytes + year.Documents * SystemBytes) * (1 + IndexShare);

    public static double Gb(MemberYear year, double members, double years) =>
        members * (PerMemberAtFirst(year) + years * PerMemberYear(year)) / (1 << 30);

    public static int PhysicalPartitions(double gb) => Math.Max(1, (int)Math.Ceiling(gb / GbPerPhysicalPartition));
}
