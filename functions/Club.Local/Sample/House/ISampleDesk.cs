namespace Club.Local.Sample;

/// <summary>Somebody of the club's staff, with what she does on a day. What follows on another day she leaves to
/// <see cref="SampleStaff.Later"/>.</summary>
internal interface ISampleDesk
{
    Task Work(SampleStaff staff);
}
