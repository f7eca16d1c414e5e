using System.ComponentModel.DataAnnotations;

namespace Club.Store;

/// <summary>Settings of the section <c>Allotments</c>.</summary>
public sealed class AllotmentOptions
{
    public const string Section = "Allotments";

    /// <summary>Over how many documents each budget or stock is spread. One takes about 60 bookings a second on Cosmos DB.</summary>
    [Range(1, 64, ErrorMessage = "Allotments__Shards must be from 1 to 64.")]
    public int Shards { get; set; } = 1;
}
