using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Identity;
using Club.Kernel;
using Club.Store;

namespace Club.Edges;

/// <summary>A delivery that was answered: a second one gets the same answer and does nothing.</summary>
public sealed record Delivered : IStored<Delivered>
{
    public required string Partition { get; init; }

    /// <summary>In clear where it is about nobody. As <see cref="Deliveries.Find"/> tells it: null when she whom it is about is forgotten
    /// since.</summary>
    public string? Answer { get; init; }

    /// <summary>The answer about <see cref="MemberId"/>, under her key.</summary>
    public string? Sealed { get; init; }

    /// <summary>Whom it was about.</summary>
    public MemberId? MemberId { get; init; }

    /// <summary>A keyed digest of what was delivered, where one id with other content is to be refused.</summary>
    public string? Content { get; init; }

    /// <summary>When the record may go. Senders retry for about 75 hours (Standard Webhooks 1.0).</summary>
    public required DateOnly ForgetOn { get; init; }

    static string IStored<Delivered>.DocumentType => "delivered";
    static JsonTypeInfo<Delivered> IStored<Delivered>.JsonType => EdgesDocuments.Default.Delivered;
    [JsonIgnore] public string DocumentId => "delivered";
    [JsonIgnore] public IndexKeys Index => new([new(DueIndex.Forget, IndexKeys.Date(ForgetOn))], Ids.Bucket(Partition));
}

/// <summary>Remembers answers by the sender's delivery id. What an answer tells of a member goes with her; that there was one stays, so
/// that a repeat does not make her a member again.</summary>
public sealed class Deliveries(IClubStore store, SealedTexts texts, ClubCalendar calendar) : IForgets
{
    private const int DaysKept = 14;

    public string DocumentType => "delivered";

    public async ValueTask<Delivered?> Find(string channel, string deliveryId, CancellationToken cancellation)
    {
        if (await store.Read<Delivered>(PartitionOf(channel, deliveryId), "delivered", cancellation) is not { Value: var delivered })
            return null;
        return delivered is { Sealed: { } closed, MemberId: { } about }
            ? delivered with { Answer = await texts.Open(closed, about, delivered.Partition, cancellation) } : delivered;
    }

    /// <summary>Keeps an answer; when another handler of the same delivery was first, its answer stands.</summary>
    /// <param name="about">Null: it tells of nobody.</param>
    public async ValueTask Keep(string channel, string deliveryId, string answer, MemberId? about, CancellationToken cancellation,
        string? content = null)
    {
        var partition = PartitionOf(channel, deliveryId);
        if (answer.Length == 0) about = null;
        var delivered = new Delivered
        {
            Partition = partition,
            Answer = about is null ? answer : null,
            Sealed = about is { } member ? await texts.Close(answer, member, partition, cancellation) : null,
            MemberId = about,
            Content = content,
            ForgetOn = calendar.Today.AddDays(DaysKept),
        };
        await store.Commit(partition, [delivered.ToCreate()], cancellation);
    }

    public async Task Forget(Document old, CancellationToken cancellation) =>
        await store.Commit(old.Partition, [new Write.Delete(old.Id, old.ETag)], cancellation);

    /// <summary>Hashed: delivery ids of WeChat hold an openId.</summary>
    private static string PartitionOf(string channel, string deliveryId) => Ids.Derived($"delivery:{channel}:", deliveryId);
}
