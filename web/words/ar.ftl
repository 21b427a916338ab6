# كلمات مسار الشخص الذي يحتاج إلى مساعدة، بعربية بسيطة.

skip-to-content = انتقل إلى المحتوى
menu-label = القائمة
menu-find = البحث
menu-map = الخريطة
menu-territories = المناطق
menu-monitoring = المتابعة
menu-plan = التخطيط
menu-data = البيانات
languages = اللغات
foot-product = ‏Médiane، الخريطة المفتوحة لأماكن المساعدة الرقمية في فرنسا.
foot-nothing-kept = لا نسجّل أي شيء عنك.
foot-dated = معلومات بتاريخ { $x }، النسخة
foot-undated = معلومات بلا تاريخ، النسخة
foot-where-from = من أين تأتي المعلومات؟
foot-definitions = تعريف الأرقام.
foot-orient = لا أعرف ما الذي أحتاج إليه
foot-remote = مساعدة بالهاتف
french-only = هذه الصفحة بالفرنسية فقط.
french-only-instead = ابحث عن مساعدة بالعربية
foot-legal = معلومات قانونية
foot-accessibility = سهولة الاستعمال: لم تُقيَّم من جهة مستقلة
foot-about = من نحن؟
venues-in-french = المعلومات عن الأماكن مكتوبة بالفرنسية.

minutes = { $n ->
    [zero] { $n } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقةً
   *[other] { $n } دقيقة
}

orient-title = إلى ماذا تحتاج؟
orient-meta = ثمانية أسئلة بسيطة لمعرفة أي مساعدة تطلب، وأين تجدها قرب بيتك. لا نسجّل شيئًا.
orient-lead = أجب بنعم أو لا. يمكنك أن تترك سؤالًا بلا جواب.
orient-private = لا نسجّل أجوبتك. وهي لا تُكتب في عنوان الصفحة.
orient-aidant = هل تساعد شخصًا؟ اطرح عليه الأسئلة.
yes = نعم
no = لا
no-answer = بلا جواب
ask-internet = هل تستعمل الإنترنت، ولو قليلًا؟
ask-equipment = هل لديك حاسوب أو هاتف فيه إنترنت؟
ask-mail = هل تعرف كتابة بريد إلكتروني دون مساعدة؟
ask-procedure = هل لديك معاملة إدارية: Caf، الضرائب، الصحة، التقاعد، الأوراق؟
ask-job = هل تبحث عن عمل؟
ask-fraud = هل تخاف من الاحتيال، أو وصلتك رسالة غريبة؟
ask-proof = هل تريد شهادة بما تعرفه (شهادة Pix)؟
ask-move = هل تستطيع الذهاب إلى مكان المساعدة؟
ask-support = هل لديك حاجة خاصة؟
support-none = لا
ask-where = أين تسكن؟
ask-where-hint = اسم المدينة أو الرمز البريدي. العنوان الدقيق ليس ضروريًا.
ask-which-town = أي مدينة؟
see-answer = أين أذهب؟
print-questions = اطبع هذه الأسئلة
paper-title = للملء باليد
paper-hint = ضع علامة على نعم أو لا. وبجانبها المساعدة التي تطلبها.
paper-where = المدينة أو الرمز البريدي:
where-unknown = لا نعرف «{ $x }». اكتب اسم المدينة فقط، أو رمزًا بريديًا من خمسة أرقام.
where-several = هناك عدة مدن اسمها «{ $x }». اختر مدينتك ثم تابع.
where-inside = « { $x } » منطقة كبيرة. اختر مدينتك ثم تابع.
where-else = ليس هنا؟ ربما تقصد:

answer-title = هذا ما يمكن أن يساعدك
answer-needs = أنت تحتاج إلى
answer-nothing = أجوبتك لا تُظهر صعوبة. إليك مع ذلك الأماكن القريبة منك.
need-offline = التحدث إلى شخص، دون إنترنت
need-equipment = الحصول على جهاز، أو استعمال جهاز في مكان
need-basics = تعلّم الأساسيات: الحاسوب، الهاتف، البريد الإلكتروني
need-procedures = القيام بمعاملة مع شخص
need-job = البحث عن عمل بالإنترنت
need-security = حماية نفسك من الاحتيال
need-pix = الحصول على شهادة Pix
answer-places = أين تذهب
answer-remote = دون تنقّل: بالهاتف
answer-remote-first = لا تستطيع التنقّل. ابدأ بالهاتف.
answer-home-call = لا تستطيع التنقّل. ابدأ بالاتصال بالأماكن أدناه.
answer-home-write = لا تستطيع التنقّل. ابدأ بالكتابة إلى الأماكن أدناه التي لها عنوان أو موقع.
answer-home-have-call = لا تستطيع التنقّل. اطلب من شخص أن يتصل نيابة عنك.
answer-home-neither = لا تستطيع التنقّل. اطلب من شخص أن يستعلم لك في الأماكن أدناه.
answer-learn = للتعلّم أو للمساعدة
for-helpers = للمساعدين
for-persons = لك
why = لماذا هذا المكان:
why-near = هو من الأقرب إليك. اسأل إن كان يستطيع مساعدتك.
why-remote = يساعد أيضًا عن بُعد
relaxed-home = لا مكان على بُعد أقل من 50 كم يقول إنه يساعد عن بُعد. إليك الأقرب.
relaxed-support = لا مكان على بُعد أقل من 50 كم يقول إنه يلبّي حاجتك الخاصة. إليك الأقرب.
relaxed-service = لا مكان على بُعد أقل من 50 كم يقول إنه يقدّم هذه المساعدة. إليك الأقرب.
relaxed-far = لا مكان على بُعد أقل من 50 كم. إليك الأقرب.
no-place-known = لا مكان مفتوح للجمهور في هذه النسخة.
no-place-asked = لم تقل أين تسكن.
make-sheet = حضّر الورقة التي تأخذها معك
sheet-choose = اختر ثلاثة أماكن على الأكثر، ثم حضّر الورقة.
change-answers = تغيير أجوبتي
search-all = كل الأماكن القريبة من هنا
hours-unknown = ليست لدينا أوقات عمله.
phone-unknown = ليس لدينا رقم هاتفه.
call-first = اتصل قبل أن تأتي.
write-first = اكتب قبل أن تأتي.
have-call-first = اطلب من شخص أن يتصل قبل أن تأتي.
see-channels = إليك خدمات تجيب بالهاتف.

remote-title = مساعدة بالهاتف
remote-list = بمن تتصل
remote-meta = أرقام الخدمات العامة وأسعارها وأوقاتها، عندما لا يكون هناك مكان قريب منك.
remote-lead = هذه الخدمات تجيب بالهاتف، أينما كنت تسكن، ما عدا في كاليدونيا الجديدة وبولينيزيا الفرنسية وواليس وفوتونا، فلها خدماتها.
remote-price-unknown = السعر غير معروف
remote-price-free = مكالمة مجانية
remote-price-call = سعر مكالمة عادية
remote-hours-unknown = الأوقات غير معروفة
remote-source = حسب { $x }
remote-source-day = حسب { $x }، بتاريخ { $day }
remote-overseas = من أقاليم ما وراء البحار: { $x }
remote-none = لا خدمة تجيب بالهاتف في هذه النسخة.
remote-for-you = هذه الخدمات تجيب بالهاتف. يمكن لشخص أن يتصل بها نيابة عنك.
remote-own = للخدمات العامة هنا أرقامها الخاصة: بلديتك تعرفها.
learn-title = للتعلّم وللمساعدة

sheet-titles = { $n ->
    [one] مكان مساعدتك
    [two] مكانا مساعدتك
   *[other] أماكن مساعدتك: { $n }
}
sheet-meta = صفحة واحدة للطباعة: العنوان والهاتف والأوقات والطريق لثلاثة أماكن على الأكثر.
sheet-empty = لم تختر أي مكان. ابحث عن مكان، ثم ضع عليه علامة.
sheet-too-many = الورقة تتسع لثلاثة أماكن. لم نأخذ الباقي.
sheet-for = لـ:
sheet-print = اطبع الورقة
sheet-hours = الأوقات
sheet-hours-unknown = الأوقات: ليست لدينا. اتصل.
sheet-hours-write = الأوقات: ليست لدينا. اكتب.
sheet-no-contact = ليست لدينا أوقات ولا هاتف. مُرّ بالمكان، أو اختر مكانًا آخر.
sheet-far = على بُعد { $x } { $direction }
sheet-far-plain = على بُعد { $x }
sheet-far-commune = على بُعد { $x } تقريبًا. العنوان معروف، ولم يوضع بعد على الخريطة
sheet-foot = { $x } مشيًا
sheet-car = { $x } بالسيارة
sheet-car-foot = { $x } بالسيارة والقارب ثم مشيًا
sheet-car-far = { $x } بالسيارة والقارب، منها { $y } مشيًا بعد القارب: تحتاج هناك إلى حافلة أو سيارة
sheet-across = في الجهة الأخرى من الماء أو الجبل
sheet-by = عبر: { $x }
sheet-no-way = لا طريق معروف بالسيارة
sheet-bring = أحضر معك: وثيقة هوية، الرسائل التي وصلتك، هاتفك، كلمات السر إن كانت معك.
sheet-pass = مع « pass numérique »: مجانًا
sheet-qr = هذه الأماكن على هاتف
sheet-plan = خريطة: المكان في الوسط
sheet-plan-scheme = المكان { $direction } من { $x }
sheet-other-ways = إرسال بطريقة أخرى
sheet-sms = برسالة قصيرة
sheet-sms-hint = { $n ->
    [one] حرف واحد. انسخه في رسالة.
   *[other] { $n } حرفًا. انسخها في رسالة.
}
sheet-sms-open = افتح رسالة قصيرة
sheet-mail = بالبريد الإلكتروني
sheet-mail-open = افتح رسالة بريد
sheet-calendar = أضف أوقات الفتح إلى مفكرة (ملف ‎.ics)
sheet-mail-subject = أماكن المساعدة الرقمية
sheet-listed = في قائمة بتاريخ { $x }
sheet-dated = تم التحقق بتاريخ { $x }
moving = هذا المكان متنقّل: تأكد أين هو قبل أن تأتي
not-listed = اسمه يذكر « France services » لكنه غير موجود في القائمة الرسمية: اتصل قبل أن تذهب
not-listed-write = اسمه يذكر « France services » لكنه غير موجود في القائمة الرسمية: اكتب، أو اطلب من شخص أن يتصل، قبل أن تذهب
dir-n = شمالًا
dir-ne = في الشمال الشرقي
dir-e = شرقًا
dir-se = في الجنوب الشرقي
dir-s = جنوبًا
dir-sw = في الجنوب الغربي
dir-w = غربًا
dir-nw = في الشمال الغربي
dir-here = هنا

report-title = الإبلاغ عن خطأ
report-what = ما الذي يحدث؟
report-closed = المكان مغلق نهائيًا
report-moved = انتقل المكان
report-wrong = إحدى المعلومات خاطئة
report-text = ما الذي يجب كتابته بدلًا منها؟ (اختياري)
report-hint = لا تكتب اسمك ولا رقمك. 500 حرف على الأكثر.
report-send = أرسل
report-thanks = شكرًا. سوف نتحقق.
report-next = لا أحد يرى رسالتك قبل هذا التحقق. ولا نسجّل شيئًا عنك.
report-no-store = هذه الخدمة لا تحفظ البلاغات. أخبر المكان نفسه.
report-refused = لم نستطع حفظ رسالتك. أعد المحاولة بعد دقيقة.

less-than-100-m = أقل من 100 متر
distance-m = { $x } متر
distance-km = { $x } كم
hours = { $x } س
hours-minutes = { $x } س { $m } د
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
day-1 = الاثنين
day-2 = الثلاثاء
day-3 = الأربعاء
day-4 = الخميس
day-5 = الجمعة
day-6 = السبت
day-7 = الأحد
day-time = { $day }، { $x }

support-deafness = صمم أو ضعف في السمع
support-motor = صعوبة في الحركة
support-mental = إعاقة ذهنية
support-reading = صعوبة في القراءة والكتابة
support-english = استقبال بالإنجليزية
support-languages = استقبال بلغات أخرى
support-sight = عمى أو ضعف في البصر
answer-near = أماكن قرب { $x }. المسافات بخط مستقيم.
open-until = مفتوح حتى { $x }
open-next = مغلق، يفتح { $x }
open-none = مغلق، ولا نعرف موعد فتح خلال 14 يومًا
open-unknown = أوقات الفتح تحتاج إلى تأكيد
come-not-public = هذا المكان لا يستقبل الجمهور
come-walk-in = يمكنك المجيء دون موعد
come-either = يمكنك المجيء دون موعد أو بأخذ موعد
come-contact = يجب الاتصال قبل المجيء
come-appointment = بموعد فقط
come-partly = بموعد أو دون موعد، حسب الحالة
come-booking = يمكن أخذ موعد على الإنترنت
come-sent = يجب أن يرسلك مختص (مساعد اجتماعي، مستشار…)
come-usually = دون موعد عادةً، مثل كل أماكن France services
come-unknown = لا نعرف إن كان الموعد ضروريًا
