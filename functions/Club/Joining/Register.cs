using Club.Care;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Store;
using Club.Transactions;
using Microsoft.Extensions.Logging;

namespace Club.Joining;

/// <summary>The answer to a registration.</summary>
/// <param name="IsNew">The person was not known before.</param>
public sealed record Registered(MemberId MemberId, string CardNumber, string Status, bool IsNew);

/// <summary>
/// One person, one member. Identities are claimed first, strongest first; then the profile is written; then what waited is credited.
/// Every step is safe to repeat, so a retry finishes what a crash left half done, and of two simultaneous registrations the second
/// meets the first one's claim.
/// </summary>
public sealed partial class Register(
    Profiles profiles, MemberLedger ledger, ProgrammeLibrary library, Claims claims, Membership membership,
    Merge merge, Parking parking, CareMessages care, IdentityHasher hasher, IWorkQueue queue, ILogger<Register> logger)
{
    /// <param name="cancellation">Heard before anything is written. What has begun is carried through, though the caller be gone: a merge
    /// is not left half done.</param>
    public async Task<Registered> Handle(Registration registration, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        cancellation = CancellationToken.None;
        var registered = await Retry.UntilDone<Registered>("A registration", async () => await TryHandle(registration, cancellation)
            is { } done ? done : Retry.Again, cancellation);
        if (!registered.IsNew) return registered;
        registered = await Unfollowed(registered, registration, cancellation);
        Telemetry.Registrations.Add(1, new KeyValuePair<string, object?>("source", registration.Source));
        Log.Registered(logger, registered.MemberId, registration.Source);
        // Makers outside China and North America need not keep the check digit (GB 16735, 49 CFR 565), so it is only worth a look.
        foreach (var vin in registration.Vehicles.Select(vehicle => Vin.Parse(vehicle.Vin))
            .Where(vin => vin is { Succeeded: true, Value.Check.Holds: false }))
            Log.CheckDigit(logger, registered.MemberId, vin.Value);
        return registered;
    }

    /// <returns>Null when another writer came between; everything is read again.</returns>
    private async Task<Registered?> TryHandle(Registration registration, CancellationToken cancellation)
    {
        var found = new List<FoundClaim>();
        foreach (var identity in registration.Identities()) found.Add(await claims.Find(identity, cancellation));

        if (await Choose(registration, found, cancellation) is not { } chosen) return null;
        var memberId = chosen.MemberId;
        foreach (var claim in found.Where(claim => claim.MemberId is null))
            if (!await claims.Take(claim, memberId, cancellation)) return null;
        foreach (var other in chosen.Merge) await merge.Handle(other, memberId, cancellation);

        var told = chosen.PhoneIsDisputed ? registration with { Phone = null, DisputedPhone = registration.Phone } : registration;
        var profile = await Write(chosen, told, found.Max(claim => claim.Claim?.Value.LeftAt), cancellation);
        if (profile is null) return null;
        foreach (var vin in chosen.DisputedVins)
            await claims.NoteClaimant(PersonIdentity.Parse(IdentityKind.Vin, vin).Value, profile.MemberId, cancellation);
        if (chosen.PhoneIsDisputed) await claims.NoteClaimant(PersonIdentity.Of(registration.Phone!), profile.MemberId, cancellation);
        foreach (var claim in found.Where(MayHaveParked))
        {
            if (claim.Identity.Kind == IdentityKind.Vin) await parking.ConfirmByWaiting(claim.Identity, cancellation);
            if (claim.Claim!.Value.Parked > Parking.HandedOverAtOnce)
                await queue.Send([WorkMessage.ToFinish(claim.Partition)], cancellation);
            else await parking.HandOver(claim.Identity, cancellation);
        }
        return profile;
    }

    /// <summary>Once an identity is taken nothing more is parked there, so what was found tells; a claim taken under its ETag was free
    /// until then.</summary>
    private static bool MayHaveParked(FoundClaim claim) => claim.Claim?.Value is { Parked: > 0 } or { FinishDue: not null };

    /// <param name="Merge">Fans to merge into the member.</param>
    /// <param name="DisputedVins">Vehicles that stay with another member.</param>
    /// <param name="PhoneIsDisputed">The number stays with another member.</param>
    private sealed record Choice(MemberId MemberId, IReadOnlyList<MemberId> Merge, IReadOnlySet<string> DisputedVins, bool PhoneIsDisputed)
    {
        /// <summary>The member's number when the choice was made.</summary>
        public string? Phone { get; init; }
    }

    /// <summary>
    /// The member that the identities lead to. Two members with different phones are two persons: knowing somebody's VIN must not open that
    /// member's account. Nor must a number that the network gave out again open the account of whoever had it before.
    /// </summary>
    /// <returns>Null when a claim led to somebody who is being forgotten: it leads to nobody now, and everything is read again.</returns>
    private async Task<Choice?> Choose(Registration registration, List<FoundClaim> found, CancellationToken cancellation)
    {
        var disputed = new HashSet<string>();
        var owners = new List<(FoundClaim Claim, MemberId MemberId)>();
        var profiles = new Dictionary<MemberId, Profile?>();
        var unfinished = new HashSet<MemberId>();
        foreach (var one in found.Where(claim => claim.MemberId is not null).GroupBy(claim => claim.MemberId!.Value))
        {
            // A claim may still point to a member that was merged meanwhile.
            var profile = await membership.Find(one.Key, cancellation);
            var owner = profile?.MemberId ?? one.Key;
            owners.AddRange(one.Select(claim => (claim, owner)));
            profiles[owner] = profile;
            if (profile is null && await membership.IsErased(one.Key, cancellation))
            {
                foreach (var claim in one) await claims.Release(claim.Identity, [one.Key], cancellation);
                return null;
            }
            if (profile is null) unfinished.Add(owner);
        }
        // A member whose registration is not finished has a phone that is not known yet. Its own registration leads to it by more than a
        // VIN.
        bool IsStranger(MemberId id) =>
            unfinished.Contains(id) && owners.TrueForAll(owner => owner.MemberId != id || owner.Claim.Identity.Kind == IdentityKind.Vin);
        // Who was told to have a number that is another's is not merged into that other by giving it again.
        bool HadItBefore(Profile known, string phone) =>
            ProfileRules.IsAnotherPerson(known, registration) || profiles.Values.Any(other => other?.DisputedPhone == phone);
        // The number leads to whom it leads to, though she gave another one first.
        bool HasPhone(MemberId id) => owners.Exists(owner => owner.MemberId == id && owner.Claim.Identity.Kind == IdentityKind.Phone);
        // The number is disputed among several since whoever had it is forgotten: it alone leads to none of them.
        bool HasNobody(FoundClaim claim) =>
            claim is { Identity.Kind: IdentityKind.Phone, Claim.Value: { Unconfirmed: true, Dispute.Since: not null } };
        bool IsLedByThatAlone(MemberId id) => owners.TrueForAll(owner => owner.MemberId != id || HasNobody(owner.Claim));
        bool IsSomebodyElse(MemberId id) => registration.Phone?.E164 is { } phone && (IsLedByThatAlone(id) || profiles[id] switch
        {
            { Phone: not null } known when HasPhone(id) => HadItBefore(known, phone),
            { Phone: { } theirs } known => theirs != phone && known.DisputedPhone != phone,
            _ => IsStranger(id),
        });

        foreach (var (claim, owner) in owners)
            if (claim.Identity.Kind == IdentityKind.Vin && IsSomebodyElse(owner)) disputed.Add(claim.Identity.Value);
        var same = owners.Select(owner => owner.MemberId).Distinct().Where(id => !IsSomebodyElse(id)).ToList();
        var phoneIsDisputed = owners.Exists(owner => HasNobody(owner.Claim)
            || owner.Claim.Identity.Kind == IdentityKind.Phone && IsSomebodyElse(owner.MemberId));
        if (same.Count == 0)
            return phoneIsDisputed && registration is { Name: not null, Birthday: not null }
                ? await NewHolder(registration, disputed, cancellation) : new Choice(Ids.NewMember(), [], disputed, phoneIsDisputed);

        // The claims stand strongest first, so the first member with a phone is the survivor. Among followers it is the one of the lowest
        // id, whichever form asks: two forms at once must not want the same pair in two directions.
        var survivor = same.Where(id => profiles[id]?.Phone is not null).Append(same.Min()).First();
        var fans = same.Where(id => id != survivor && profiles[id]?.Phone is null).ToList();
        return new Choice(survivor, fans, disputed, phoneIsDisputed) { Phone = profiles[survivor]?.Phone };
    }

    /// <summary>Whoever gave a number that is another's, and has no other identity. Staff may have found since then that both are one
    /// person.</summary>
    private async Task<Choice> NewHolder(Registration registration, IReadOnlySet<string> disputed, CancellationToken cancellation)
    {
        MemberId id;
        var number = 0;
        // Who was forgotten and comes back is somebody new.
        do id = hasher.NewHolder(PersonIdentity.Of(registration.Phone!), registration.Name!, registration.Birthday!.Value, number++);
        while (await membership.IsErased(id, cancellation));
        var known = await membership.Find(id, cancellation);
        return new Choice(known?.MemberId ?? id, [], disputed, known?.Phone != registration.Phone!.E164) { Phone = known?.Phone };
    }

    /// <returns>Null when the choice does not hold any more.</returns>
    private Task<Registered?> Write(Choice chosen, Registration registration, DateTimeOffset? leftAt, CancellationToken cancellation) =>
        profiles.Change(chosen.MemberId, async (known, token) =>
        {
            var card = known?.CardNumber ?? await claims.IssueCard(chosen.MemberId, token);
            // Sixty forms of one phone: only the first has somebody to welcome.
            var account = known?.Phone is null && registration.Phone is not null ? await ledger.Load(chosen.MemberId, token) : null;
            return (Card: card, Account: account, Rules: await library.Now(token));
        }, (draft, facts) =>
        {
            var memberId = chosen.MemberId;
            // Merged meanwhile, or another form gave a number first: who is meant is decided again.
            if (draft.MemberId != memberId || draft.Before?.Status == MemberStatus.Erased) return null;
            if (draft.Before?.Phone is { } phone && phone != chosen.Phone && phone != registration.Phone?.E164) return null;
            var profile = ProfileRules.Apply(draft.Before, registration, memberId, facts.Card, chosen.DisputedVins, draft.Now, leftAt);
            draft.Become(draft.Before is null || ProfileRules.Same(draft.Before, profile) ? profile : profile with { SeenOn = draft.Today },
                registration.Source);
            if (profile.Phone is not null && draft.Before?.Phone is null && care.Welcome(facts.Rules, profile, facts.Account!)
                is { } welcome && !draft.Met(welcome.DocumentId))
            {
                draft.Attach(welcome);
                draft.Attach(welcome.Happened(draft.Now));
            }
            return new Registered(memberId, profile.CardNumber, Profile.StatusWord(profile.Status), draft.Before is null);
        }, cancellation);

    /// <summary>A follower may have turned away between the look at the claims and the profile; the word then stands at the
    /// claim.</summary>
    private async Task<Registered> Unfollowed(Registered registered, Registration registration, CancellationToken cancellation)
    {
        if (registration.Phone is not null || registration.OpenId is not { } openId || !await membership.LeaveAsNoted(openId, cancellation))
            return registered;
        return registered with { Status = Profile.StatusWord(MemberStatus.Left) };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Member {MemberId} registered from {Source}.")]
        public static partial void Registered(ILogger logger, string memberId, string source);

        [LoggerMessage(2, LogLevel.Warning, "Member {MemberId} gave the imported VIN {Vin}, whose check digit does not hold.")]
        public static partial void CheckDigit(ILogger logger, string memberId, Vin vin);
    }
}
